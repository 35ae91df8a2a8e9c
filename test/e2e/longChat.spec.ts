import { join } from 'node:path';
import { longChatTitle, writeLongChat } from '../fakes/longChat.ts';
import { expect, openReady, test } from './host.ts';

const messages = 3000;
const mostOnPage = 20;
const largestFrame = 1024 * 1024;

test('a long chat comes in small pieces, few of its rows are on the page, and a reader stays where they are', async ({ page, host }) => {
  let largest = 0;
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => (largest = Math.max(largest, payload.length))));
  writeLongChat(join(host.dataFolder, 'facet.db'), messages);
  await openReady(page, host);
  await page.reload();
  await page.getByText(longChatTitle).first().click();
  const rows = page.locator('[data-index]');
  await expect(page.getByText(`Answer ${messages / 2}.`)).toBeVisible();
  await expect(rows.last()).toHaveAttribute('data-index', String(messages - 1));
  expect(await rows.count()).toBeLessThanOrEqual(mostOnPage);
  expect(largest, 'characters of the largest frame').toBeLessThan(largestFrame);

  const list = page.locator('[data-messages]');
  await list.evaluate((element) => element.scrollTo({ top: 0 }));
  await expect(page.getByText('Question 1:')).toBeVisible();
  expect(await rows.count()).toBeLessThanOrEqual(mostOnPage);
  await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
  await expect(page.getByText('Question 1:')).toHaveCount(0);
  await expect(rows.first()).toBeAttached();
  expect(await rows.count()).toBeLessThanOrEqual(mostOnPage);
  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await expect(page.getByText(`Answer ${messages / 2}.`)).toBeVisible();
  // Colours of code may still be on their way.
  await page.goto('about:blank');
});
