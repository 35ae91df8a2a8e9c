import { expect, test } from 'vitest';
import { cleanTitle } from '../../../../electron/services/generation/cleanTitle.ts';

test.each([
  ['"Paris in Spring."', 'Paris in Spring'],
  ['Title: **Rent and deposit**\nand more', 'Rent and deposit'],
  ['  # Ways to cook rice  ', 'Ways to cook rice'],
  ['…', null],
  ['', null],
])('%j becomes %j', (written, title) => {
  expect(cleanTitle(written)).toBe(title);
});

test('a long title is cut at a word', () => {
  expect(cleanTitle('word '.repeat(40))?.length).toBeLessThanOrEqual(60);
});
