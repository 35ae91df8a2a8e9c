import { expect, test } from 'vitest';
import type { AskingPlan } from '../../../../electron/shared/asking.ts';
import { firstWordWords, readingWords } from '../../../../renderer/features/composer/readingWords.ts';

const whole: AskingPlan = {
  mode: 'whole',
  reason: 'it fits',
  documents: [],
  tokens: 4120,
  passes: 1,
  wholeTokens: 4000,
  wholeFits: true,
  predictedMs: null,
};
const first = { tokens: 4120, cachedTokens: 0, ms: 40_200 };

test('the way, its reason, and what it costs', () => {
  expect(readingWords(whole, first)).toBe('Whole, because it fits · 4,120 tokens · about 40 s to the first word');
  expect(readingWords({ ...whole, reason: '' }, { ...first, ms: null })).toBe('4,120 tokens');
  expect(readingWords({ ...whole, reason: '' }, { ...first, ms: 300 })).toBe('4,120 tokens · first word at once');
  expect(readingWords({ ...whole, reason: '' }, { ...first, ms: 150_000 })).toBe('4,120 tokens · about 3 min to the first word');
});

test('what was read before is instant, and what is kept but slow says both', () => {
  expect(readingWords({ ...whole, reason: '' }, { tokens: 4120, cachedTokens: 4100, ms: 90 })).toBe('4,120 tokens · instant: read before');
  expect(readingWords({ ...whole, reason: '' }, { tokens: 4120, cachedTokens: 4100, ms: null })).toBe(
    '4,120 tokens · instant: read before',
  );
  expect(readingWords({ ...whole, reason: '' }, { tokens: 4120, cachedTokens: 3800, ms: 4_000 })).toBe(
    '4,120 tokens · about 4 s to the first word, read before',
  );
});

test('one that does not fit, every part in turn, and tables', () => {
  expect(readingWords({ ...whole, reason: '', wholeFits: false }, first)).toBe('4,120 tokens · does not fit');
  const every: AskingPlan = { ...whole, mode: 'exhaustive', reason: 'nothing may be missed in a count or a list', passes: 12 };
  expect(readingWords({ ...every, predictedMs: 360_000 }, first)).toBe(
    'Every part, because nothing may be missed in a count or a list · 12 parts · 4,120 tokens · about 6 min in all',
  );
  expect(readingWords({ ...whole, mode: 'tables', reason: '' }, first)).toBe('computed by code, not by the model');
});

test('pictures alone say the whole wait only when it is long', () => {
  expect(firstWordWords(null)).toBe('');
  expect(firstWordWords({ tokens: 300, cachedTokens: 0, ms: 2_000 })).toBe('');
  expect(firstWordWords({ tokens: 300, cachedTokens: 0, ms: 12_000 })).toBe('about 12 s to the first word');
});
