import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answers, ask, expect, fixture, openReady, test } from './host.ts';

test('a folder is picked, asked about, found in the library by its words, deleted and brought back', async ({ page, host }) => {
  const folder = join(host.dataFolder, 'Flat');
  await mkdir(join(folder, 'old'), { recursive: true });
  await copyFile(fixture('documents/lease.pdf'), join(folder, 'lease.pdf'));
  await writeFile(join(folder, 'old', 'note.md'), 'The zeppelin key hangs in the hall.');
  await writeFile(join(folder, 'nothing.txt'), '');
  await writeFile(join(folder, '.hidden'), 'x');
  await openReady(page, host);

  await page.getByLabel('Folder', { exact: true }).setInputFiles(folder);
  const card = page.getByRole('list', { name: 'Files for this message' });
  await expect(card.getByText('2 of 3 files read')).toBeVisible();
  await expect(card.getByText('1 not read; the others are asked about')).toBeVisible();
  await ask(page, 'What is in it?');
  await expect(answers(page).last()).toContainText('You said: What is in it?');

  // Words that no chat has lead on to the files.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Words to find' }).fill('zeppelin');
  await expect(page.getByText('Nothing contains “zeppelin”.')).toBeVisible();
  await page.getByRole('button', { name: 'Look in documents and pictures' }).click();
  const library = page.getByRole('dialog', { name: 'Documents and pictures' });
  await expect(library.getByRole('searchbox')).toHaveValue('zeppelin');
  await expect(library.getByText('1 file of 2')).toBeVisible();
  await library.getByRole('searchbox').fill('zeppelin hall');
  await expect(library.getByText('1 file of 2')).toBeVisible();
  await expect(library.getByText(/Used .*, in 1 chat/)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(library.getByText('Nothing has “zeppelin hall” in its name or text.')).toBeVisible();
  await library.getByRole('button', { name: 'Undo' }).click();
  await library.getByRole('button', { name: 'More about “note.md”' }).click();
  await page.getByRole('menuitem', { name: 'Ask in a new chat' }).click();
  await expect(card.getByText('note.md')).toBeVisible();
  await expect(card.getByText('1 page, read')).toBeVisible();
});
