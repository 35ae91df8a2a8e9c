import { answers, expect, openReady, send, test } from './host.ts';

const tokens = 2000;

test(`an answer of ${tokens} tokens costs few bytes on the wire`, async ({ page, host }) => {
  let bytes = 0;
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => (bytes += Buffer.byteLength(payload))));
  await openReady(page, host);
  const before = bytes;
  await send(page, `Count [[tokens ${tokens}]]`);
  await expect(answers(page).last()).toContainText(`word${tokens}`, { timeout: 60_000 });
  await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
  const perToken = (bytes - before) / tokens;
  test.info().annotations.push({ type: 'figures', description: `${perToken.toFixed(1)} bytes a token` });
  expect(perToken, 'bytes a token').toBeLessThan(40);
});
