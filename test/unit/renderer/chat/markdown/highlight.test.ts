import { expect, it, vi } from 'vitest';
import { codeGroups, linesPerGroup } from '../../../../../renderer/features/chat/markdown/codeGroups.ts';
import { createCodeHighlighter } from '../../../../../renderer/features/chat/markdown/codeHighlighter.ts';
import { languageLoaders, languageName } from '../../../../../renderer/features/chat/markdown/codeLanguages.ts';
import { createShiki, highlightGroups } from '../../../../../renderer/features/chat/markdown/highlightGroups.ts';
import type { HighlightJob } from '../../../../../renderer/features/chat/markdown/highlightMessages.ts';

it('goes on over the edge of a group as if there were none, and loses no character', async () => {
  const code = [
    '/* a comment',
    ...Array.from({ length: linesPerGroup + 5 }, (_line, index) => ` * line ${index}`),
    ' */',
    'const x = 1;',
  ].join('\n');
  const shiki = await createShiki();
  const lines = [];
  for await (const group of highlightGroups(shiki, codeGroups(code), 'ts')) lines.push(...group);
  expect(lines.map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(code);
  const [first, last] = [lines[1]?.[0]?.style, lines[linesPerGroup + 2]?.[0]?.style];
  expect(Object.keys(first ?? {})).toEqual(expect.arrayContaining(['--shiki-light', '--shiki-dark']));
  expect(last).toEqual(first);
  shiki.dispose();
});

it.each(Object.keys(languageLoaders))('has a grammar for %s that the JavaScript engine takes', async (language) => {
  const shiki = await createShiki();
  const groups = [];
  for await (const group of highlightGroups(shiki, ['x = 1\n'], language)) groups.push(group);
  expect(groups).toHaveLength(1);
  shiki.dispose();
});

it('knows the usual other names and no more', () => {
  expect([languageName('PY'), languageName('c++'), languageName('sh'), languageName('brainfuck'), languageName('constructor')]).toEqual([
    'python',
    'cpp',
    'bash',
    null,
    null,
  ]);
});

it('starts its thread with the first code of a known language, and gives answers to who asked', () => {
  const jobs: HighlightJob[] = [];
  let answer: (event: MessageEvent) => void = () => undefined;
  const open = vi.fn(() => ({
    postMessage: (job: HighlightJob) => void jobs.push(job),
    addEventListener: (_name: string, listener: unknown) => void (answer = listener as typeof answer),
  }));
  const highlighter = createCodeHighlighter(open);
  const [one, two] = [vi.fn(), vi.fn()];
  highlighter.highlight(['x'], 'nothing', one);
  expect(open).not.toHaveBeenCalled();
  const stop = highlighter.highlight(['x'], 'js', one);
  highlighter.highlight(['y'], 'py', two);
  expect(open).toHaveBeenCalledOnce();
  stop();
  for (const { id } of jobs) answer(new MessageEvent('message', { data: { id, lines: [] } }));
  expect(one).not.toHaveBeenCalled();
  expect(two).toHaveBeenCalledOnce();
});
