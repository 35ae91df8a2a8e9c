import { expect, test } from 'vitest';
import { createWorkQueue } from '../../../electron/engine/workQueue.ts';
import { isCancelled } from '../../../electron/shared/errors.ts';

const never = new AbortController().signal;
const cancelled = (promise: Promise<unknown>): Promise<boolean> => promise.then(() => false, isCancelled);

test('one after the other, and a failure does not stop those behind it', async () => {
  const queue = createWorkQueue();
  const order: number[] = [];
  const failing = queue.add(never, () => {
    order.push(1);
    return Promise.reject(new Error('first'));
  });
  const second = queue.add(never, () => {
    order.push(2);
    return Promise.resolve('second');
  });
  await expect(failing).rejects.toThrow('first');
  expect(await second).toBe('second');
  expect(order).toEqual([1, 2]);
});

test('one that is cancelled before its turn is told at once, though the one before never ends, and is not run', async () => {
  const queue = createWorkQueue();
  let finish = (): void => undefined;
  const first = queue.add(never, () => new Promise<void>((resolve) => (finish = resolve)));
  const controller = new AbortController();
  let ran = false;
  const second = queue.add(controller.signal, () => {
    ran = true;
    return Promise.resolve();
  });
  controller.abort();
  expect(await cancelled(second)).toBe(true);
  expect(await cancelled(queue.add(controller.signal, () => Promise.resolve()))).toBe(true);
  const third = queue.add(never, () => Promise.resolve('third'));
  finish();
  await first;
  expect(await third).toBe('third');
  expect(ran).toBe(false);
});

test('one that is cancelled while it runs ends as its job does', async () => {
  const queue = createWorkQueue();
  const controller = new AbortController();
  const running = queue.add(controller.signal, async () => {
    controller.abort();
    await Promise.resolve();
    return 'so far';
  });
  expect(await running).toBe('so far');
});
