import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { tiffOf } from '../fixtures/tiffOf.ts';
import { answers, ask, composer, expect, fixture, openReady, questions, test } from './host.ts';
import { useTextOnlyModel } from './textOnlyModel.ts';

/** Hands a file to the page as the browser does for a drop or a paste. */
async function give(page: Page, how: 'drop' | 'paste', file: string, mime: string): Promise<void> {
  const base64 = (await readFile(file)).toString('base64');
  const name = file.split('/').at(-1) ?? 'file';
  const transfer = await page.evaluateHandle(
    ({ base64, name, mime }) => {
      const made = new DataTransfer();
      made.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type: mime }));
      return made;
    },
    { base64, name, mime },
  );
  if (how === 'drop') {
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    return;
  }
  await composer(page).evaluate((field, clipboardData) => {
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, transfer);
}

const files = (page: Page) => page.getByRole('list', { name: 'Files for this message' });

test.beforeEach(({ page, host }) => openReady(page, host));

test('a picture is dropped, one is pasted, a document is picked, and all go with the question', async ({ page }) => {
  await give(page, 'drop', fixture('labels/receipt.png'), 'image/png');
  await expect(files(page).getByText('receipt.png')).toBeVisible();
  await give(page, 'paste', fixture('labels/ticket.png'), 'image/png');
  await expect(files(page).getByText(/1 view · \d+ tokens/)).toHaveCount(2);
  await page.getByLabel('Files', { exact: true }).setInputFiles(fixture('documents/lease.pdf'));
  await expect(files(page).getByText('5 pages, all read')).toBeVisible();
  await ask(page, 'What are these?');
  await expect(questions(page).last().getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(3);
  await expect(answers(page).last()).toContainText('You said: What are these?');
});

test('any page of a picture with many is asked about by its number', async ({ page }) => {
  const blank = (shade: number): Promise<Buffer> =>
    sharp({ create: { width: 60, height: 40, channels: 3, background: { r: shade, g: shade, b: 90 } } })
      .png()
      .toBuffer();
  const pages = await Promise.all(Array.from({ length: 14 }, (_, index) => blank(index * 15)));
  const buffer = await tiffOf(pages);
  await page.getByLabel('Files', { exact: true }).setInputFiles({ name: 'shades.tif', mimeType: 'image/tiff', buffer });
  await files(page)
    .getByRole('button', { name: /^shades\.tif/u })
    .click();
  const field = page.getByRole('spinbutton', { name: 'Another page' });
  await field.fill('15');
  await expect(page.getByText('Must be from 2 to 14.')).toBeVisible();
  await field.fill('14');
  await field.press('Enter');
  await page.getByRole('button', { name: 'Ask about page 14' }).click();
  await expect(files(page).getByText('Picture 2: shades, page 14.png')).toBeVisible();
});

/** Drops what a browser gives for something dragged out of a page. */
async function dropFromPage(page: Page, data: Readonly<Record<string, string>>): Promise<void> {
  const transfer = await page.evaluateHandle((entries) => {
    const made = new DataTransfer();
    for (const [type, value] of Object.entries(entries)) made.setData(type, value);
    return made;
  }, data);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test('a picture dragged from a web page: one in its own address is taken, one elsewhere is never fetched', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const base64 = (await readFile(fixture('labels/receipt.png'))).toString('base64');
  await dropFromPage(page, { 'text/uri-list': `data:image/png;base64,${base64}` });
  await expect(files(page).getByText(/1 view · \d+ tokens/)).toHaveCount(1);
  await dropFromPage(page, {
    'text/uri-list': 'https://pictures.example/cat.png',
    'text/html': '<img src="https://pictures.example/cat.png">',
  });
  await expect(page.getByText(/only a link, and Facet fetches nothing from the web\. Copy the picture/).first()).toBeVisible();
  await dropFromPage(page, { 'text/uri-list': 'data:image/png;base64,@@' });
  await expect(page.getByText(/picture in that link is damaged/).first()).toBeVisible();
  await expect(files(page).getByRole('listitem')).toHaveCount(1);
  expect(asked.filter((url) => url.includes('pictures.example'))).toEqual([]);
});

test('a file can be taken off again', async ({ page }) => {
  await give(page, 'drop', fixture('labels/receipt.png'), 'image/png');
  await page.getByRole('button', { name: 'Remove receipt.png' }).click();
  await expect(files(page)).toHaveCount(0);
});

test('a file that cannot be read says so on its card, and cannot be sent', async ({ page }) => {
  await page
    .getByLabel('Files', { exact: true })
    .setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\r\n\x1a\nnothing') });
  await expect(files(page).getByText(/could not be read|not a kind of file/)).toBeVisible();
  await composer(page).fill('What is it?');
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
});

test('a picture on a model that reads text only: said before sending, with the ways on', async ({ page, host }) => {
  await useTextOnlyModel(page, host);
  await give(page, 'drop', fixture('labels/receipt.png'), 'image/png');
  await expect(page.getByRole('region', { name: 'This model sees no pictures' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove the picture' }).click();
  await ask(page, 'Just words');
  await expect(answers(page).last()).toContainText('You said: Just words');
});
