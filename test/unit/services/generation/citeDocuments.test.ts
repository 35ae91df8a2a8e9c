import { expect, test } from 'vitest';
import { citeDocuments } from '../../../../electron/services/generation/citeDocuments.ts';
import { documentInput } from '../../../../electron/services/generation/documentInput.ts';
import type { AttachmentSource } from '../../../../electron/services/generation/attachmentSource.ts';
import { readInputs } from '../../../../electron/services/generation/readInputs.ts';
import type { DocumentSegment } from '../../../../electron/services/context/segments.ts';
import { coverageOf } from '../../../../electron/shared/pageCoverage.ts';

const texts = [
  'The rent is due on the first day. Pets are not allowed in the house.',
  'The deposit is two months of rent.',
  'The rent is due on the first day.',
];
const pages = texts.map((text, index) => ({ page: index + 1, source: 'text' as const, characters: text.length, warnings: [] }));
const lease = documentInput(
  {
    ...{ id: 'a', name: 'lease.pdf', bytes: 1, sha256: 'a'.repeat(64), createdAt: 1 },
    state: { kind: 'reading', done: 0, total: 0 },
  },
  { format: 'pdf', title: '', pages, coverage: coverageOf(pages), characters: 100, warnings: [] },
  texts.map((text, index) => ({ page: index + 1, text, headings: [] })),
);
const excerpt = (...given: readonly (readonly [number, string])[]): DocumentSegment => ({
  attachmentId: 'a',
  name: 'lease.pdf',
  pages: given.map(([page, text]) => ({ page, source: 'text', text })),
  excerptOf: 3,
});
async function cite(answer: string, given?: readonly DocumentSegment[]) {
  const cited = await citeDocuments(answer, new Map([['a', lease]]), { rectangles: () => Promise.resolve([]) }, given);
  return cited.map(({ source }) => source && { page: source.page, given: source.given ?? true });
}

test('a quotation is looked for in the whole document, and it is said whether the model was given those words', async () => {
  const parts = [excerpt([1, 'Pets are not allowed in the house.'], [3, texts[2] ?? ''])];
  expect(await cite('“Pets are not allowed” and “deposit is two months of rent”', parts)).toEqual([
    { page: 1, given: true },
    { page: 2, given: false },
  ]);
  // Of two pages that hold it, the one that the model read.
  expect(await cite('“rent is due on the first day”', parts)).toEqual([{ page: 3, given: true }]);
  // The page was given, but not this sentence of it.
  expect(await cite('“rent is due on the first day”', [excerpt([1, 'Pets are not allowed in the house.'])])).toEqual([
    { page: 1, given: false },
  ]);
  expect(await cite('“a garage is included”', parts)).toEqual([null]);
});

test('one that goes over a page break was given when both parts were', async () => {
  const quote = '“not allowed in the house. The deposit is two months”';
  expect(await cite(quote, [excerpt([1, texts[0] ?? ''], [2, texts[1] ?? ''])])).toEqual([{ page: 1, given: true }]);
  expect(await cite(quote, [excerpt([1, texts[0] ?? ''])])).toEqual([{ page: 1, given: false }]);
  expect(await cite(quote, [lease.segment])).toEqual([{ page: 1, given: true }]);
});

test('words in a picture are placed in the text that OCR found, and the label that the prompt puts above it is no part of that', async () => {
  const facts = { format: 'png', width: 10, height: 10, warnings: [] };
  const attachment = {
    ...{ id: 'p', name: 'sign.png', bytes: 1, sha256: 'b'.repeat(64), createdAt: 1 },
    state: { kind: 'image', image: facts } as const,
  };
  const text = 'Closed on Mondays';
  const inputs = await readInputs(
    [{ attachmentId: 'p', panScan: 'off', regions: [] }],
    {
      ...{ list: () => [attachment], soFar: () => null, settled: () => Promise.resolve(attachment) },
      pages: () => Promise.resolve([{ page: 1, text, headings: [] }]),
    } as unknown as AttachmentSource,
    { signal: new AbortController().signal, reading: () => undefined, blindModel: 'Gemma 3 270M' },
  );
  const answer = '“on Mondays”, “Text read in a picture by OCR”';
  const [found, label] = await citeDocuments(answer, inputs, { rectangles: () => Promise.resolve([]) });
  expect(text.slice(found?.source?.start, found?.source?.end)).toBe('on Mondays');
  expect(label?.source).toBeNull();
});
