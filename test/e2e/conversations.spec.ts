import { readFile } from 'node:fs/promises';
import { answers, ask, expect, openReady, questions, test } from './host.ts';

test.beforeEach(async ({ page, host }) => {
  await openReady(page, host);
  await ask(page, 'Where do penguins live?');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await ask(page, 'Who wrote the lighthouse manual?');
});

test('search finds words of any chat and opens it', async ({ page }) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Words to find' }).fill('penguins');
  await expect(page.getByRole('option')).not.toHaveCount(0);
  await expect(page.getByRole('option').first()).toContainText('penguins');
  await page.keyboard.press('Enter');
  await expect(questions(page).first()).toContainText('Where do penguins live?');
});

test('the beginning of a long title stays in sight', async ({ page }) => {
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await ask(page, `Begin ${'W'.repeat(200)} middle`);
  const row = page.locator('[data-conversation]').first();
  await expect(row).toContainText('Begin');
  const scrolled = await row.evaluate((button) => {
    button.scrollLeft = 100;
    return { scrolled: button.scrollLeft, isCut: button.scrollWidth > button.clientWidth };
  });
  expect(scrolled).toEqual({ scrolled: 0, isCut: true });
});

test('a deleted chat is gone, and Undo brings it back whole', async ({ page }) => {
  const rows = page.locator('[data-conversation]');
  await expect(rows).toHaveCount(2);
  await rows.first().focus();
  await page.keyboard.press('Delete');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(2);
  await rows.first().click();
  await expect(answers(page).last()).toContainText('You said: Who wrote the lighthouse manual?');
});

test('a chat is renamed and exported as Markdown and JSON', async ({ page }) => {
  const row = page.locator('[data-conversation]').first();
  await row.focus();
  const title = page.getByRole('textbox', { name: 'Title' });
  await page.keyboard.press('F2');
  await expect(title).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();
  await page.keyboard.press('F2');
  await title.fill('Lighthouses');
  await page.keyboard.press('Enter');
  await expect(row).toHaveText('Lighthouses');
  await expect(row).toBeFocused();
  for (const [entry, extension] of [
    ['Export as Markdown', '.md'],
    ['Export as JSON', '.json'],
  ] as const) {
    await row.click({ button: 'right' });
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: entry }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(new RegExp(`Lighthouses.*\\${extension}$`));
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toContain('Who wrote the lighthouse manual?');
    if (extension === '.json') expect(() => JSON.parse(text) as unknown).not.toThrow();
  }
});
