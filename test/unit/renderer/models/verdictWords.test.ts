import { expect, test } from 'vitest';
import type { Verdict } from '../../../../electron/shared/modelEstimate.ts';
import { verdictWords } from '../../../../renderer/features/models/verdictWords.ts';
import { exampleEstimate } from '../../../fakes/exampleEstimate.ts';

const words = (verdict: Verdict) => verdictWords({ ...exampleEstimate({ kind: 'model', id: '4b' }, 8192, 'f16'), verdict });

test('a verdict is said in words and never by colour alone', () => {
  expect(words({ kind: 'fits' })).toEqual({ tone: 'good', text: 'Fits: takes 4.0 GB of 12.0 GB free · about 1.6 words a second' });
  expect(words({ kind: 'slow', wordsPerSecond: 1.6 })).toEqual({
    tone: 'warning',
    text: 'Slow: about 1.6 words a second, fewer than people read',
  });
  expect(words({ kind: 'fitsWith', contextTokens: 16_384 })).toEqual({
    tone: 'warning',
    text: 'Fits with a shorter context: 16,384 tokens',
  });
  expect(words({ kind: 'tooBig', shortBytes: 3.1e9 })).toEqual({ tone: 'danger', text: 'Too big: 3.1 GB short' });
});

test('what lies on a graphics card is said', () => {
  const estimate = exampleEstimate({ kind: 'model', id: '4b' }, 8192, 'f16');
  expect(verdictWords({ ...estimate, verdict: { kind: 'fits' }, gpu: { name: 'Radeon RX 7600', bytes: 3.8e9, free: 7e9 } }).text).toBe(
    'Fits: takes 4.0 GB, 3.8 GB of it on Radeon RX 7600 · about 1.6 words a second',
  );
});
