import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tablePicture } from '../fixtures/tablePicture.ts';
import { answers, ask, expect, openReady, root, test } from './host.ts';

const run = promisify(execFile);
const rows = [
  ['Article', 'Room', 'Pieces', 'Price'],
  ['Oak table', 'Hall', '12', '1,250.00'],
  ['Green lamp', 'Kitchen', '7', '89.50'],
  ['Chair', 'Hall', '48', '120.00'],
  ['Bookshelf', 'Study', '3', '2,310.75'],
];

test('a row of a table in a picture opens on the picture, marked there and in the text', async ({ page, host }) => {
  await openReady(page, host);
  const folder = join(host.dataFolder, 'elsewhere');
  await mkdir(folder);
  await copyFile(join(root, 'assets/models/tiny-reader/text.gguf'), join(folder, 'only-text.gguf'));
  const node = join(root, 'node_modules/.bin/node');
  await run(node, [join(root, 'dist/facet.js'), 'models', 'import', join(folder, 'only-text.gguf'), '--data', host.dataFolder]);
  await page.keyboard.press('Control+m');
  await expect(page.getByText(/^Fits: takes/).last()).toBeVisible();
  await page
    .getByRole('button', { name: /^Use (?!the|a model)/ })
    .last()
    .click();
  await page.keyboard.press('Escape');
  const buffer = tablePicture(rows, { ruled: true, edges: [260, 480, 640, 860], toTheRight: [2, 3] });
  await page.getByLabel('Files', { exact: true }).setInputFiles({ name: 'store.png', mimeType: 'image/png', buffer });
  await expect(page.getByText('store.png').first()).toBeVisible();
  await ask(
    page,
    'How many pieces are in the Hall? [[say {"aggregate":"sum","aggregateColumn":"Pieces","filters":[{"column":"Room","operator":"=","value":"Hall"}]}]]',
  );
  await expect(answers(page).last()).toContainText('60');
  await page.getByRole('button', { name: 'Row 4', exact: true }).click();
  const evidence = page.getByRole('complementary', { name: 'Evidence' });
  await expect(evidence.locator('[data-cited]')).toContainText('Chair');
  await expect(evidence.locator('[data-cited-box]').first()).toBeVisible();
});
