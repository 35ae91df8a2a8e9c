import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLine } from '../../../../renderer/state/line.ts';

test('never more than so many at once, in order, and a failure gives its place on', async () => {
  const line = createLine(2);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = (index: number) => async (): Promise<number> => {
    begun.push(index);
    most = Math.max(most, (running += 1));
    await turn();
    running -= 1;
    if (index === 1) throw new Error('no');
    return index;
  };
  const ended = await Promise.allSettled([0, 1, 2, 3, 4].map((index) => line(work(index))));
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(await line(work(5))).toBe(5);
});
