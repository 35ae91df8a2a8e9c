import { answers, expect, openReady, send, test } from '../e2e/host.ts';

// Timed, so no part of the suites: run it on a quiet machine with `playwright test --project bench`.

const tokens = 2000;

test(`an answer of ${tokens} tokens: few bytes on the wire, and the page never stalls`, async ({ page, host }) => {
  let bytes = 0;
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => (bytes += Buffer.byteLength(payload))));
  await openReady(page, host);
  await page.evaluate(() => {
    const long: number[] = [];
    Reflect.set(globalThis, 'longTasks', long);
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      entryTypes: ['longtask'],
    });
  });
  const before = bytes;
  await send(page, `Count [[slow 1]] [[tokens ${tokens}]]`);
  await expect(answers(page).last()).toContainText(`word${tokens}`, { timeout: 60_000 });
  await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
  const perToken = (bytes - before) / tokens;
  const longTasks = await page.evaluate(() => Reflect.get(globalThis, 'longTasks') as readonly number[]);
  const longest = Math.round(Math.max(0, ...longTasks));
  test.info().annotations.push({ type: 'figures', description: `${perToken.toFixed(1)} bytes a token, longest task ${longest} ms` });
  expect(perToken, 'bytes a token').toBeLessThan(40);
  expect(longest, 'longest task in milliseconds').toBeLessThanOrEqual(100);
});
