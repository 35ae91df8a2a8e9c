import { expect, test } from 'vitest';
import type { ReadingResult } from '../../../../electron/services/readingTest/runReadingTest.ts';
import { summarize } from '../../../../electron/services/readingTest/summarize.ts';

const result = (change: Partial<ReadingResult>): ReadingResult => ({
  page: 0,
  shape: 'wide',
  overviewEm: 5,
  mode: 'auto',
  split: false,
  crops: 4,
  question: 'Total',
  expected: '123',
  answer: '123',
  anls: 1,
  exact: true,
  ms: 3000,
  encodeMs: 2000,
  ...change,
});

test('means by mode, shape and size of the type', () => {
  const { overall, shapes, textHeights, splitLines, legibleAtOnce } = summarize([
    result({}),
    result({ anls: 0, exact: false, crops: 0, ms: 1000, encodeMs: 0, split: true }),
    result({ mode: 'off', crops: 0, anls: 0, exact: false }),
    result({ shape: 'a4', overviewEm: 15 }),
  ]);
  expect(overall.modes.auto).toMatchObject({ questions: 3, crops: 8 / 3, views: 11 / 3, encodeSeconds: 4 / 3 });
  expect(overall.modes.auto.seconds).toBeCloseTo(7 / 3, 10);
  expect(overall.modes.off).toMatchObject({ questions: 1, anls: 0, views: 1, seconds: 3 });
  expect(overall.modes.reference.questions).toBe(0);
  expect(shapes.map(({ group, modes }) => [group, modes.auto.anls])).toEqual([
    ['wide', 0.5],
    ['a4', 1],
  ]);
  expect(textHeights.map(({ group }) => group)).toEqual(['under 6 px', '14 px and more']);
  expect(splitLines.modes.auto.questions).toBe(1);
  expect(legibleAtOnce.modes.auto).toMatchObject({ questions: 1, anls: 1 });
});
