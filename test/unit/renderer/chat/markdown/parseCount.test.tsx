// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import type ReactMarkdown from 'react-markdown';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MarkdownText } from '../../../../../renderer/features/chat/markdown/MarkdownText.tsx';
import { richAnswer } from '../../../../fakes/preview/answers.ts';
import { Frame, testFacet } from '../../harness.tsx';

const parsed = vi.hoisted(() => ({ texts: [] as string[] }));
vi.mock('react-markdown', async (original) => {
  const { default: Markdown } = await original<{ readonly default: typeof ReactMarkdown }>();
  return {
    default: (props: Parameters<typeof Markdown>[0]) => {
      parsed.texts.push(String(props.children));
      return Markdown(props);
    },
  };
});

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  parsed.texts = [];
});
afterEach(() => document.body.replaceChildren());

/** Streams a text in pieces and gives back how often and how much was parsed. */
async function stream(
  text: string,
  step: number,
): Promise<{ readonly parses: number; readonly characters: number; readonly html: string }> {
  const facet = testFacet();
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  const show = (length: number, streaming: boolean) =>
    act(async () =>
      root.render(
        <Frame facet={facet}>
          <MarkdownText text={text.slice(0, length)} streaming={streaming} />
        </Frame>,
      ),
    );
  for (let length = step; length < text.length; length += step) await show(length, true);
  await show(text.length, false);
  const html = element.textContent;
  act(() => root.unmount());
  facet.close();
  return { parses: parsed.texts.length, characters: parsed.texts.reduce((sum, piece) => sum + piece.length, 0), html };
}

it('parses a closed block once, however long the answer goes on', async () => {
  const first = 'The first paragraph stands and is closed.';
  await stream(`${first}\n\n${'More and more words follow here.\n\n'.repeat(50)}`, 40);
  expect(parsed.texts.filter((text) => text.trim() === first)).toHaveLength(1);
});

it('costs in proportion to the length of the answer', async () => {
  const short = await stream(richAnswer.repeat(2), 60);
  parsed.texts = [];
  const long = await stream(richAnswer.repeat(8), 60);
  expect(long.characters / short.characters).toBeLessThan(4.6);
});

it('shows a message of 100 KB without a line break while it streams, and whole at the end', async () => {
  const text = 'word '.repeat(20_480);
  const { characters, html } = await stream(text, 2048);
  expect(characters).toBeLessThan(text.length * 12);
  expect(html.trim()).toBe(text.trim());
});
