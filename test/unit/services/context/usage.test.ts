import { expect, test } from 'vitest';
import { answerRoom, contextUsage, measureUsage, requireFit } from '../../../../electron/services/context/usage.ts';
import { writePrompt } from '../../../../electron/services/context/writePrompt.ts';
import { type FacetError } from '../../../../electron/shared/errors.ts';

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

test('a prompt with its answer must fit to the token, and the refusal has the numbers', () => {
  const usage = measureUsage(pieces, counts, total);
  const room = { contextTokens: total + 100, contextLimit: 2048, answerRoom: 100 };
  expect(() => requireFit(usage, room)).not.toThrow();
  let caught: unknown;
  try {
    requireFit(usage, { ...room, contextTokens: total + 99 });
  } catch (error) {
    caught = error;
  }
  expect((caught as FacetError).data).toMatchObject({
    code: 'doesNotFit',
    details: { needed: total + 100, available: total + 99, largestContext: 2048 },
  });
});

test('an answer never takes more than a quarter of the context for itself', () => {
  expect(answerRoom(2048, 8192)).toBe(2048);
  expect(answerRoom(2048, 512)).toBe(128);
  expect(answerRoom(50, 8192)).toBe(50);
});
