import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answers, ask, expect, type Host, openReady, test } from './host.ts';

/** Files of the data folder that hold these words. */
async function filesWith(host: Host, words: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(host.dataFolder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(words)) found.push(path);
  }
  return found;
}

test('a private chat leaves nothing behind: not in the list, the search or the data folder, while it is open and after', async ({
  page,
  host,
}) => {
  await openReady(page, host);
  await ask(page, 'an ordinary pelican');
  await page.getByRole('button', { name: 'New private chat' }).click();
  await expect(page.getByRole('note')).toContainText('Private chat: in memory only');
  await ask(page, 'my secret zeppelin');
  await expect(answers(page).last()).toContainText('You said: my secret zeppelin');
  expect(await filesWith(host, 'zeppelin')).toEqual([]);
  expect(await filesWith(host, 'pelican')).not.toEqual([]);
  await page.getByRole('button', { name: 'Close for good' }).click();
  await expect(page.getByText('my secret zeppelin')).toHaveCount(0);
  await page.reload();
  await expect(page.locator('[data-conversation]')).toHaveCount(1);
  await page.keyboard.press('Control+k');
  const search = page.getByRole('dialog');
  await search.getByRole('searchbox').or(search.getByRole('combobox')).fill('zeppelin');
  await expect(search).toContainText(/Nothing|No /);
  await search.getByRole('searchbox').or(search.getByRole('combobox')).fill('pelican');
  await expect(search.getByText(/pelican/).first()).toBeVisible();
  expect(await filesWith(host, 'zeppelin')).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify(globalThis.localStorage))).not.toContain('zeppelin');
});
