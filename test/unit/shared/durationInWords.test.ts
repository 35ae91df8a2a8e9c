import { expect, it } from 'vitest';
import { durationInWords, shortDuration, timeLeftInWords } from '../../../electron/shared/durationInWords.ts';

it.each([
  [940, '0.9 s'],
  [9949, '9.9 s'],
  [9950, '10 s'],
  [119_000, '119 s'],
  [119_999, '2 min'],
  [150_000, '3 min'],
])('%d ms in short: %s', (ms, words) => {
  expect(shortDuration(ms)).toBe(words);
});

it.each([
  [0, '1 second'],
  [40_000, '40 seconds'],
  [89_000, '89 seconds'],
  [90_000, '2 minutes'],
  [9 * 60_000, '9 minutes'],
  [3.5 * 3_600_000, '3.5 hours'],
  [12.2 * 3_600_000, '12 hours'],
])('%d ms in a sentence: %s', (ms, words) => {
  expect(durationInWords(ms)).toBe(words);
});

it.each([
  [4000, 'less than a minute'],
  [70_000, 'about a minute'],
  [1_000_000, 'about 17 minutes'],
  [9_000_000, 'about 3 hours'],
])('%d ms to go: %s', (ms, words) => {
  expect(timeLeftInWords(ms)).toBe(words);
});
