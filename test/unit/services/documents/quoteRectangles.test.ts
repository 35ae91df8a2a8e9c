import { expect, test } from 'vitest';
import { quoteRectangles } from '../../../../electron/services/documents/quoteRectangles.ts';
import type { PageWord } from '../../../../electron/shared/documents.ts';

const word = (text: string, start: number, x: number, y: number): PageWord => ({
  text,
  start,
  end: start + text.length,
  x,
  y,
  width: text.length * 5,
  height: 10,
});

test('a quotation over two lines has a rectangle for each, and only for its own words', () => {
  const words = [
    word('The', 0, 10, 10),
    word('rent', 4, 28, 10.5),
    word('is', 9, 51, 10),
    word('due', 12, 10, 22),
    word('today', 16, 28, 22),
  ];
  expect(quoteRectangles(words, 4, 15)).toEqual([
    { x: 28, y: 10, width: 33, height: 10.5 },
    { x: 10, y: 22, width: 15, height: 10 },
  ]);
});

test('words on the same height in another column are another rectangle', () => {
  expect(quoteRectangles([word('end', 0, 10, 10), word('next', 4, 300, 10)], 0, 8)).toHaveLength(2);
});

test('a word that the text does not have is in no quotation', () => {
  expect(quoteRectangles([{ ...word('x', 3, 0, 0), end: 3 }], 0, 3)).toEqual([]);
});

test('turned text makes one rectangle a line too', () => {
  const down = (start: number, y: number): PageWord => ({ text: 'note', start, end: start + 4, x: 100, y, width: 10, height: 20 });
  expect(quoteRectangles([down(0, 10), down(5, 33)], 0, 9)).toEqual([{ x: 100, y: 10, width: 10, height: 43 }]);
});
