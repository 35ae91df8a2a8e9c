import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { answers, ask, builtFacet, expect, fixture, type Host, openReady, questions, test } from './host.ts';

// The real addon and the built-in tiny reader: print too small for one look at the whole page is read through a box.
test.use({ program: builtFacet });

const side = 1600;
/** Three times the size the reader is used to, so that a box need not fit to the pixel. */
const label = { left: 800, top: 700, side: 672 };
const question = 'Date?';
const answer = '1204';

async function attachPage(page: Page, host: Host): Promise<void> {
  const file = join(host.dataFolder, 'page.png');
  const sheet = sharp({ create: { width: side, height: side, channels: 3, background: '#f0f0f0' } });
  const { left, top } = label;
  const input = await sharp(fixture('labels/receipt.png')).resize(label.side, label.side, { kernel: 'nearest' }).toBuffer();
  await writeFile(file, await sheet.composite([{ input, left, top }]).png().toBuffer());
  await picker(page).setInputFiles(file);
  await expect(page.getByText(/views? · \d+ tokens/).last()).toBeVisible();
}

const picker = (page: Page) => page.locator('input[type=file][aria-label=Files]');
const evidence = (page: Page) => page.getByRole('complementary', { name: 'Evidence' });
const views = (page: Page) => evidence(page).getByRole('region', { name: 'Views' }).getByRole('listitem');
const boxes = (page: Page) => evidence(page).getByRole('button', { name: /^Box / });

/** Drags over the label. */
async function drawBox(page: Page): Promise<void> {
  const layer = evidence(page).getByRole('group', { name: 'Boxes on the picture' });
  const bounds = (await layer.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const scale = bounds.width / side;
  await page.mouse.move(bounds.x + label.left * scale, bounds.y + label.top * scale);
  await page.mouse.down();
  await page.mouse.move(bounds.x + 1100 * scale, bounds.y + 1000 * scale);
  await page.mouse.move(bounds.x + (label.left + label.side) * scale, bounds.y + (label.top + label.side) * scale);
  await page.mouse.up();
  await expect(boxes(page)).toHaveCount(1);
}

test('what is too small for one look is read through a box drawn on the picture', async ({ page, host }) => {
  await openReady(page, host);
  await attachPage(page, host);
  await page.getByText('Fast', { exact: true }).click();
  await ask(page, question);
  await expect(answers(page).last()).not.toContainText(answer);

  await page.getByRole('button', { name: 'New chat' }).first().click();
  await attachPage(page, host);
  await page.getByRole('button', { name: /^page\.png/ }).click();
  await drawBox(page);
  await evidence(page).getByRole('button', { name: 'Look closer at this part' }).click();
  await ask(page, question);
  await expect(answers(page).last()).toContainText(answer);
});

// The tiny reader knows single questions only, so what it answers to a second one proves nothing: what it was shown does.
test('looking closer asks again, with the box as a view of its own', async ({ page, host }) => {
  await openReady(page, host);
  await attachPage(page, host);
  await page.getByText('Fast', { exact: true }).click();
  await ask(page, question);
  await questions(page).last().getByRole('button', { name: 'page.png' }).click();
  await expect(views(page)).toHaveCount(1);
  await drawBox(page);
  await expect(page.getByLabel('Ask about this part')).toHaveValue(question);
  await page.getByRole('button', { name: 'Look closer' }).click();
  await expect(answers(page)).toHaveCount(2);
  await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
  await expect(questions(page).last()).toContainText('Look closer at 1 part');

  // The panel has gone on to the new answer: the whole picture, known already, and the box.
  await expect(views(page)).toHaveCount(2);
  await expect(views(page).first()).toContainText('kept from before');
  await expect(views(page).last()).toContainText(/\d+ tokens · \d/);
  await answers(page)
    .last()
    .getByRole('button', { name: /Looked at/ })
    .click();
  await expect(answers(page).last()).toContainText('Looked at 1 picture in 3 views');
  await expect(answers(page).last()).toContainText('looked closer');
});

test('the panel shows the very pixels the model gets, at their own size', async ({ page, host }) => {
  await openReady(page, host);
  await attachPage(page, host);
  await ask(page, question);
  await questions(page).last().getByRole('button', { name: 'page.png' }).click();
  const shown = views(page).first().locator('[data-view]');
  await expect(shown).toBeVisible();
  const size = await shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
  expect(size).toEqual([112, 112]);
  await views(page).first().getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: 'Whole picture' });
  await expect(dialog.getByRole('img', { name: 'Whole picture as the model gets it' })).toHaveCSS('width', '112px');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(evidence(page)).toBeVisible();
});

test('boxes are made, moved, sized and removed by keys, and go with the message being written', async ({ page, host }) => {
  await openReady(page, host);
  await attachPage(page, host);
  await page.getByRole('button', { name: /^page\.png/ }).click();
  await evidence(page).getByRole('button', { name: 'Add a box' }).press('Enter');
  await expect(boxes(page).first()).toBeFocused();
  await expect(boxes(page).first()).toHaveAccessibleName('Box 1: 800 × 800 pixels, 400 from the left, 400 from the top');
  for (const [keys, times] of [
    ['Shift+ArrowLeft', 18],
    ['Shift+ArrowUp', 18],
    ['ArrowRight', 18],
    ['ArrowDown', 15],
  ] as const) {
    for (let time = 0; time < times; time += 1) await page.keyboard.press(keys);
  }
  await expect(boxes(page).first()).toHaveAccessibleName('Box 1: 224 × 224 pixels, 976 from the left, 880 from the top');
  await evidence(page).getByRole('button', { name: 'Another box' }).press('Enter');
  await expect(boxes(page)).toHaveCount(2);
  await expect(boxes(page).last()).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(boxes(page)).toHaveCount(1);
  await evidence(page).getByRole('button', { name: 'Look closer at this part' }).press('Enter');
  await expect(page.getByRole('radio', { name: 'Marked' })).toBeChecked();
  await expect(page.getByText(/^2 views · \d+ tokens$/)).toBeVisible();
});

test('pictures are numbered as soon as there are two', async ({ page, host }) => {
  await openReady(page, host);
  const files = page.getByRole('list', { name: 'Files for this message' });
  await picker(page).setInputFiles(fixture('labels/receipt.png'));
  await expect(files.getByText('receipt.png', { exact: true })).toBeVisible();
  await ask(page, question);
  await picker(page).setInputFiles(fixture('labels/ticket.png'));
  await expect(files.getByText('Picture 2: ticket.png')).toBeVisible();
  await expect(questions(page).last().getByText('Picture 1: receipt.png')).toBeVisible();
});
