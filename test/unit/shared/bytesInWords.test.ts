import { expect, test } from 'vitest';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [24_000, '24 kB'],
  [999_600, '1.0 MB'],
  [2_400_000, '2.4 MB'],
  [241_410_624, '241 MB'],
  [2_526_080_992, '2.5 GB'],
  [15_908_791_488, '15.9 GB'],
])('%d is %s', (bytes, words) => {
  expect(bytesInWords(bytes)).toBe(words);
});
