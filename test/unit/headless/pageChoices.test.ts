import { expect, test } from 'vitest';
import { FacetError } from '../../../electron/shared/errors.ts';
import { parsePageChoice, parsePages } from '../../../electron/headless/commands/pageChoices.ts';

test('pages and ranges of them, each once and in order', () => {
  expect(parsePages('3', '--ocr')).toEqual([3]);
  expect(parsePages('5-7, 3,6', '--ocr')).toEqual([3, 5, 6, 7]);
});

test.each(['', '0', '3-', '-3', '7-5', 'a', '3,,4', '1-9999'])('"%s" is refused', (value) => {
  expect(() => parsePages(value, '--ocr')).toThrow(FacetError);
});

test('a file, its pages and how they are read; the name may hold colons', () => {
  expect(parsePageChoice('C:\\a.pdf:3,5-6=ocr', '--page-source')).toEqual({ file: 'C:\\a.pdf', pages: [3, 5, 6], source: 'ocr' });
  for (const value of ['a.pdf=ocr', 'a.pdf:3', 'a.pdf:3=vision', ':3=ocr', 'a.pdf:x=ocr']) {
    expect(() => parsePageChoice(value, '--page-source')).toThrow();
  }
});
