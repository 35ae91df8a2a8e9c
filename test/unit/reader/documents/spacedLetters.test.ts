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

it('an old OCR that spaced the letters of some words is read as words', () => {
  const run = (text: string): PlacedRun => ({ text, left: 50, right: 250, baseline: 100, size: 12, rightToLeft: false, turn: 0 });
  const read = (text: string): string | undefined => closeSpacedLetters([run(text)])[0]?.text;
  expect(read("The P e o p l e ' s Republic of China")).toBe("The People's Republic of China");
  expect(read('施 藥 方 法')).toBe('施藥方法');
  expect(read('稻 種 預 先 浸 水 ， 至 萌芽')).toBe('稻種預先浸水，至 萌芽');
  expect(read('項目 金額 日期')).toBe('項目 金額 日期');
  expect(read('E v e r g r e e n M a r i n e ( T a i w a n ) L t d .')).toBe('Evergreen Marine (Taiwan) Ltd.');
  for (const other of ['Choose a b c d or e', 'M T W T F S S', 'the vowels a e i o u', 'see I V X L C', 'a + b = c d'])
    expect(read(other)).toBe(other);
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
  // Letters of a formula with an index each, and letters that touch.
  const formula = Array.from('abeo', (letter, index) => [
    run(letter, 50 + 22 * index),
    { ...run('i', 59 + 22 * index, 103), size: 7 },
  ]).flat();
  expect(closeSpacedLetters(formula)).toEqual(formula);
  const touching = Array.from('davo', (letter, index) => run(letter, 50 + 8.2 * index));
  expect(closeSpacedLetters(touching)).toEqual(touching);
});
