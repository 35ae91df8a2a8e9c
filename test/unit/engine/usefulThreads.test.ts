import { expect, test } from 'vitest';
import { usefulThreads } from '../../../electron/engine/usefulThreads.ts';

test('no more threads than the computer runs at once, and it is said', () => {
  expect(usefulThreads(0, 2)).toEqual({ threads: 0, told: [] });
  expect(usefulThreads(2, 2)).toEqual({ threads: 2, told: [] });
  expect(usefulThreads(256, 2)).toEqual({
    threads: 2,
    told: ['Only 2 of the 256 threads asked for are used: this computer runs no more at once.'],
  });
});
