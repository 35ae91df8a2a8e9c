import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../native/nativeEngine.ts';
import { realModelPath } from './realModel.ts';

// What one `facet ask` has read, the next process does not read again. Each command is a process of its own, with the real engine.

interface Report {
  readonly chat: string;
  readonly answer: string;
  readonly prompt: { readonly tokens: number; readonly cached_tokens: number };
  readonly generated: { readonly tokens: number };
}

let folder = '';
let document = '';
let first: Report;

async function ask(question: string, ...options: readonly string[]): Promise<Report> {
  const common = ['--data', folder, '--model', realModelPath(), '--context', '4096', '--max-tokens', '12', '--temperature', '0', '--json'];
  const program = join(projectRoot, 'dist', 'facet.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'ask', ...common, ...options, question]);
  return JSON.parse(stdout) as Report;
}

const prefilled = ({ prompt }: Report): number => prompt.tokens - prompt.cached_tokens;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facet-two-processes-'));
  document = join(folder, 'houses.txt');
  const keepers = ['baker', 'carpenter', 'teacher', 'nurse'];
  const lines = keepers.flatMap((keeper, row) =>
    Array.from(
      { length: 6 },
      (_, column) => `The house at number ${row * 6 + column} of Mill Lane has a garden and is kept by a ${keeper}.`,
    ),
  );
  await writeFile(document, lines.join('\n\n'));
  first = await ask('Who keeps the house at number 2?', '--doc', document);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the first process reads everything', () => {
  expect(first.prompt.cached_tokens).toBe(0);
  expect(first.prompt.tokens).toBeGreaterThan(500);
  expect(first.answer).toContain('baker');
});

test('a follow-up in a new process reads its own turn only', async () => {
  const next = await ask('And the house at number 13?', '--chat', first.chat);
  const ownTurn = next.prompt.tokens - first.prompt.tokens - first.generated.tokens;
  expect(next.prompt.tokens).toBeGreaterThan(first.prompt.tokens);
  // The last token of an answer was written and never read.
  expect(prefilled(next)).toBeLessThanOrEqual(ownTurn + 1);
  expect(ownTurn).toBeLessThan(20);
});

test('another question on the same document in a new process reads the question only', async () => {
  const other = await ask('Who keeps the house at number 20?', '--doc', document);
  expect(other.chat).not.toBe(first.chat);
  expect(prefilled(other)).toBeLessThan(25);
});
