import { expect, it } from 'vitest';
import { lengthToParse } from '../../../../../renderer/features/chat/markdown/tailPace.ts';

it('parses a growing block of any length at a cost in proportion to it', () => {
  const cost = (length: number, step: number): number => {
    let parsed = 0;
    let sum = 0;
    for (let now = step; now <= length; now += step) {
      const next = lengthToParse(parsed, now);
      if (next !== parsed) sum += next;
      parsed = next;
    }
    return sum;
  };
  // Ten times the text costs about ten times as much, not a hundred times.
  expect(cost(1_000_000, 12) / cost(100_000, 12)).toBeLessThan(11);
  expect(lengthToParse(0, 5000)).toBe(5000);
  expect(lengthToParse(5000, 5100)).toBe(5000);
  expect(lengthToParse(5000, 100)).toBe(100);
});
