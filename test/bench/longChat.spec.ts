import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { answers, composer, expect, openReady, test } from '../e2e/host.ts';
import { longChatTitle, words, writeLongChat } from '../fakes/longChat.ts';

// Timed, so no part of the suites: run it on a quiet machine with `playwright test --project bench`.

const messages = 10_000;
const longestTask = 100;

/** Notes the length of every long task from now on, in milliseconds. */
async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const long: number[] = [];
    Reflect.set(globalThis, 'longTasks', long);
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      entryTypes: ['longtask'],
    });
  });
}

async function report(page: Page, what: string): Promise<number> {
  // Entries of tasks that have just ended are delivered by the next ones.
  await page.waitForTimeout(300);
  const tasks = await page.evaluate(() => (Reflect.get(globalThis, 'longTasks') as number[]).splice(0));
  const longest = Math.round(Math.max(0, ...tasks));
  test.info().annotations.push({ type: 'figures', description: `${what}: longest task ${longest} ms, ${tasks.length} over 50 ms` });
  process.stdout.write(`${what}: longest task ${longest} ms, ${tasks.length} over 50 ms\n`);
  return longest;
}

test(`a chat of ${messages} messages opens and scrolls, and a long draft is typed, without a stall`, async ({ page, host }) => {
  test.setTimeout(240_000);
  writeLongChat(join(host.dataFolder, 'facet.db'), messages);
  await openReady(page, host);
  await page.reload();
  await expect(composer(page)).toBeVisible();
  await watchLongTasks(page);
  const found: number[] = [];

  const begun = Date.now();
  await page.getByText(longChatTitle).first().click();
  await expect(page.getByText(`Answer ${messages / 2}.`)).toBeVisible();
  test.info().annotations.push({ type: 'figures', description: `opened after ${Date.now() - begun} ms` });
  process.stdout.write(`opened after ${Date.now() - begun} ms\n`);
  found.push(await report(page, 'opening'));

  await page.locator('[data-messages]').hover();
  for (let step = 0; step < 80; step++) {
    await page.mouse.wheel(0, -900);
    await page.waitForTimeout(30);
  }
  found.push(await report(page, 'wheel up'));
  for (const part of [0.5, 0.1, 0.9, 0]) {
    await page.locator('[data-messages]').evaluate((list, share) => list.scrollTo({ top: list.scrollHeight * share }), part);
    await page.waitForTimeout(300);
  }
  found.push(await report(page, 'jumps of the scrollbar'));
  await expect(page.getByText('Question 1:')).toBeVisible();
  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await expect(page.getByText(`Answer ${messages / 2}.`)).toBeVisible();
  found.push(await report(page, 'jump to latest'));

  await composer(page).fill(words(1, 2_200).slice(0, 12_000));
  await composer(page).press('End');
  await page.waitForTimeout(3_000);
  found.push(await report(page, 'pasting 12 kB'));
  await page.keyboard.type('and what does the clause say about repairs in the second year of it?', { delay: 40 });
  found.push(await report(page, 'typing at the end of 12 kB'));
  await page.waitForTimeout(3_000);
  found.push(await report(page, 'measuring what was typed'));
  await composer(page).fill('Count [[slow 5]] [[tokens 300]]');
  await page.keyboard.press('Enter');
  await expect(answers(page).last()).toContainText('word300', { timeout: 60_000 });
  found.push(await report(page, 'an answer'));
  expect(Math.max(...found), 'longest task in milliseconds').toBeLessThanOrEqual(longestTask);
});
