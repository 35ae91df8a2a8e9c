import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkPages } from '../../../../electron/services/retrieval/chunkPages.ts';

const paragraph = (word: string, sentences: number): string =>
  `${word} is said here in a sentence of some length. `.repeat(sentences).trim();

test('a chunk ends where a section begins, and knows the headings it is under', () => {
  const text = `# Leave\n\n${paragraph('Leave', 6)}\n\n## Notice\n\n${paragraph('Notice', 6)}\n\n# Pay\n\n${paragraph('Pay', 6)}`;
  const chunks = chunkPages([{ page: 7, text }]);
  expect(chunks.map(({ heading }) => heading)).toEqual(['Leave', 'Leave › Notice', 'Pay']);
  expect(chunks.every(({ page }) => page === 7)).toBe(true);
  expect(text.slice(chunks[1]?.start, chunks[1]?.end)).toMatch(/^## Notice\n\nNotice is said/);
});

test('a section goes on over the page, and the reader’s own headings take the place of guessed ones', () => {
  const first = `CONTENTS\n\nTerms\n\n${paragraph('Terms', 6)}`;
  const pages = [
    { page: 1, text: first, headings: [{ level: 1, text: 'Terms', offset: first.indexOf('Terms') }] },
    { page: 2, text: paragraph('More', 6) },
  ];
  expect(chunkPages(pages).map(({ page, heading }) => [page, heading])).toEqual([
    [1, ''],
    [2, 'Terms'],
  ]);
});

test('text without paragraphs is cut between sentences, and short sections stay together', () => {
  const chunks = chunkPages([{ page: 1, text: paragraph('Everything', 120) }]);
  expect(chunks.length).toBeGreaterThan(5);
  expect(Math.max(...chunks.map(({ start, end }) => end - start))).toBeLessThanOrEqual(1_600);
  expect(chunkPages([{ page: 1, text: '# A\n\nOne.\n\n# B\n\nTwo.' }])).toHaveLength(1);
});

test('every character that is not white space is in exactly one chunk, in order', () => {
  const piece = fc.oneof(
    fc.lorem({ maxCount: 30 }),
    fc.constantFrom('\n\n', '\n', '# Title\n', '1.2 Rules\n', '😀'.repeat(400), '  '),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      const chunks = chunkPages([{ page: 1, text }]);
      const given = chunks.map(({ start, end }) => text.slice(start, end)).join('');
      expect(given.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      for (const [index, { start }] of chunks.entries()) expect(start).toBeGreaterThanOrEqual(chunks[index - 1]?.end ?? 0);
    }),
    { numRuns: 200 },
  );
});
