import { expect, it } from 'vitest';
import { closeSpacedLetters } from '../../../../electron/reader/documents/pdf/spacedLetters.ts';
import type { PlacedRun } from '../../../../electron/reader/documents/pdf/placedRuns.ts';
import { textPdf, type PdfLine } from '../../../fixtures/textPdf.ts';
import { readBytes } from './readFixture.ts';

const body = Array.from({ length: 6 }, (_, index): PdfLine => ({
  x: 50,
  y: 600 - 14 * index,
  size: 11,
  text: `Line ${String(index)} of the usual text of this page.`,
}));
const large = (text: string): PdfLine => ({ x: 50, y: 700, size: 18, text });

it.each([
  ['C H A P T E R  1', '## CHAPTER 1'],
  ['I N T R O D U C T I O N   T O   L A W', '## INTRODUCTION TO LAW'],
  ['Ü b e r s i c h t', '## Übersicht'],
  ['A B C D E F', 'A B C D E F'],
  ['J F M A M J J A S O N D', 'J F M A M J J A S O N D'],
])('spaced letters of a heading: %s', async (text, heading) => {
  const { pages } = await readBytes('spaced.pdf', textPdf([[large(text), ...body]]));
  expect(pages[0]?.text.split('\n')[0]).toBe(heading);
});

it('letters that are placed one by one are words, and single ones elsewhere stay as they are', () => {
  const run = (text: string, left: number, baseline = 100): PlacedRun => ({
    text,
    left,
    right: left + 8,
    baseline,
    size: 12,
    rightToLeft: false,
    turn: 0,
  });
  const spelled = Array.from('INDEX', (letter, index) => run(letter, 50 + 22 * index));
  const last = Array.from('OF', (letter, index) => run(letter, 174 + 22 * index));
  expect(closeSpacedLetters([...spelled, ...last]).map(({ text }) => text)).toEqual(['INDEX', 'OF']);
  const axis = ['x', 'y', '1'].map((text, index) => run(text, 50 + 60 * index, 300));
  expect(closeSpacedLetters(axis)).toEqual(axis);
});
