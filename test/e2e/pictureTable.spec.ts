import { tablePicture } from '../fixtures/tablePicture.ts';
import { answers, ask, expect, openReady, test } from './host.ts';
import { useTextOnlyModel } from './textOnlyModel.ts';

const rows = [
  ['Article', 'Room', 'Pieces', 'Price'],
  ['Oak table', 'Hall', '12', '1,250.00'],
  ['Green lamp', 'Kitchen', '7', '89.50'],
  ['Chair', 'Hall', '48', '120.00'],
  ['Bookshelf', 'Study', '3', '2,310.75'],
];

test('a row of a table in a picture opens on the picture, marked there and in the text', async ({ page, host }) => {
  await openReady(page, host);
  await useTextOnlyModel(page, host);
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

  // The query is changed and left with the keyboard alone.
  const change = page.getByRole('button', { name: 'Change the query' });
  await change.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Show' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(change).toBeFocused();
});
