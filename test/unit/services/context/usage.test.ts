import { expect, test } from 'vitest';
import { answerRoom, contextUsage, measureUsage, tokensNeeded } from '../../../../electron/services/context/usage.ts';
import { writePrompt } from '../../../../electron/services/context/writePrompt.ts';

const { pieces } = writePrompt(
  {
    system: 'Be brief.',
    turns: [
      {
        role: 'user',
        text: 'Total?',
        documents: [{ attachmentId: 'd', name: 'a.txt', pages: [{ page: 1, source: 'text', text: 'words' }] }],
        images: [{ attachmentId: 'i', viewKeys: ['k'] }],
      },
    ],
  },
  'turns',
);
/** As the tokeniser counts: control pieces that were joined count for the first. */
const counts = pieces.map(({ part }, index) => {
  if (part.kind === 'image') return 16;
  if (part.kind === 'control') return pieces[index - 1]?.part.kind === 'control' ? 0 : 3;
  return 5;
});
const total = counts.reduce((sum, count) => sum + count, 1);

test('the parts add up to the whole', () => {
  const usage = measureUsage(pieces, counts, total);
  const { system, documents, images, conversation } = contextUsage(usage, { contextTokens: 512, contextLimit: 2048, answerRoom: 100 });
  expect(system + documents + images + conversation).toBe(total);
  expect(documents).toBe(5);
  expect(images).toBeGreaterThanOrEqual(19);
});

test('what is needed is the prompt and the room for its answer', () => {
  const usage = measureUsage(pieces, counts, total);
  expect(tokensNeeded(usage, { contextTokens: total, contextLimit: 2048, answerRoom: 100 })).toBe(total + 100);
});

test('an answer never takes more than a quarter of the context for itself', () => {
  expect(answerRoom(2048, 8192)).toBe(2048);
  expect(answerRoom(2048, 512)).toBe(128);
  expect(answerRoom(50, 8192)).toBe(50);
});
