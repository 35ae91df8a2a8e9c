import { describe, expect, it } from 'vitest';
import { anls, isExact } from '../../../../electron/services/readingTest/anls.ts';

describe('anls', () => {
  it.each([
    ['8352', '8352', 1],
    [' TOTAL ', 'total', 1],
    ['8342', '8352', 0.75],
    ['835', '8352', 0.75],
    ['83521', '8352', 0.8],
    // Half wrong is the threshold and counts nothing.
    ['8300', '8352', 0],
    ['', '8352', 0],
    ['', '', 1],
    ['the  total', 'the total', 1],
  ])('of "%s" for "%s" is %d', (answer, truth, score) => {
    expect(anls(answer, truth)).toBeCloseTo(score, 10);
    expect(anls(truth, answer)).toBeCloseTo(score, 10);
  });

  it('an answer with one wrong digit is not exact', () => {
    expect(isExact('8352 ', '8352')).toBe(true);
    expect(isExact('8342', '8352')).toBe(false);
  });
});
