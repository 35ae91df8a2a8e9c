import type { Page } from 'playwright/test';
import { trickle } from '../fakes/rudeServer.ts';
import { ask, composer, expect, fixture, openReady } from './host.ts';
import { expectAccessible } from './expectAccessible.ts';
import { openPicker, picker } from './modelPicker.ts';
import { test } from './modelShop.ts';
import { press } from './press.ts';

const card = (page: Page, name: string) => picker(page).getByRole('radio', { name, exact: true });

test('by keys alone: a size is found, downloaded, paused, found again after a reload, and goes on', async ({ page, host, shop }) => {
  shop.server.always(trickle(256, 300));
  await openReady(page, host);
  await openPicker(page);
  await card(page, '270M').focus();
  await page.keyboard.press('ArrowRight');
  await expect(card(page, '1B')).toBeChecked();
  await expect(card(page, '1B')).toHaveAccessibleDescription(/Not here.*(Fits|Won't fit|Slow).*Text only.*32K context/);
  await expect(picker(page).getByRole('heading', { name: 'Gemma 3 1B · Q4_0, QAT' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(picker(page).getByRole('heading', { name: 'Gemma 3 4B · Q4_0, QAT' })).toBeVisible();
  await picker(page)
    .getByRole('radio', { name: /^Q4_0, QAT/ })
    .focus();
  await page.keyboard.press('ArrowDown');
  await expect(picker(page).getByRole('heading', { name: 'Gemma 3 4B · Q4_K_M' })).toBeVisible();
  await card(page, '4B').focus();
  await page.keyboard.press('ArrowLeft');
  await expectAccessible(page, 'picker');

  await press(page, /^Download .*Gemma 3 1B/);
  await press(page, /^Agree and download/);
  await expect(picker(page).getByText(/ from 127\.0\.0\.1/)).toBeVisible();
  await expect(picker(page).getByText(/ a second/)).toBeVisible();
  await press(page, 'Pause, Gemma 3 1B');
  await expect(picker(page).getByText(/^Paused at [^%]* of 53 kB$/)).toBeVisible();

  await page.reload();
  await openPicker(page);
  await picker(page).getByRole('tab', { name: 'Choose' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(picker(page).getByRole('tab', { name: 'Downloads (1)' })).toBeFocused();
  await expect(picker(page).getByText(/^Paused at /)).toBeVisible();
  await expectAccessible(page, 'downloads');
  shop.server.always(null);
  const before = shop.server.sentBytes();
  await press(page, 'Resume, Gemma 3 1B');
  await expect(picker(page).getByText('Nothing is on its way')).toBeVisible();
  expect(shop.server.sentBytes() - before, 'only what was missing came').toBeLessThan(53_408);
  await picker(page).getByRole('tab', { name: 'Choose' }).click();
  await expect(card(page, '1B')).toHaveAccessibleDescription(/^Here /);
});

test('a chat with a picture is told what changes before a model goes on that sees none', async ({ page, host, shop }) => {
  expect(shop.server.requests).toEqual([]);
  await openReady(page, host);
  const chooser = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: /^Attach/ })
    .first()
    .click();
  await (await chooser).setFiles(fixture('labels/receipt.png'));
  await expect(page.getByText(/1 view/).first()).toBeVisible();
  await ask(page, 'What is the total?');
  await openPicker(page);
  await card(page, '1B').click();
  await press(page, /^Download .*Gemma 3 1B/);
  await press(page, /^Agree and download/);
  await press(page, 'Use');
  const question = page.getByRole('dialog', { name: 'Go on with Gemma 3 1B?' });
  await expect(question.getByText('Gemma 3 1B can’t see “receipt.png”. It gets only the text that OCR finds there.')).toBeVisible();
  await expectAccessible(page, 'switch');
  await question.getByRole('button', { name: 'Keep the model' }).click();
  await expect(card(page, 'Tiny reader')).toHaveAccessibleDescription(/^In use/);
  await press(page, 'Use');
  await question.getByRole('button', { name: 'Switch' }).click();
  await expect(page.getByRole('button', { name: 'Model: Gemma 3 1B, ready' })).toBeVisible();
  await expect(page.getByRole('article', { name: 'You asked' })).toHaveCount(1);

  await openPicker(page);
  await page.getByRole('button', { name: 'More about Gemma 3 1B' }).click();
  await page.getByRole('menuitem', { name: 'Remove it from this computer' }).click();
  await expect(card(page, '1B')).toHaveAccessibleDescription(/^Not here/);
  await picker(page).getByRole('button', { name: 'Undo' }).click();
  await expect(card(page, '1B')).toHaveAccessibleDescription(/^Here/);
});

test('a failed download says why and is tried again; offline, none is begun', async ({ page, host, shop }) => {
  shop.server.always((_, response) => response.writeHead(404).end());
  shop.server.behaveHead((_, response) => response.writeHead(404).end());
  await openReady(page, host);
  await openPicker(page);
  await card(page, '1B').click();
  await press(page, /^Download .*Gemma 3 1B/);
  await press(page, /^Agree and download/);
  await expect(picker(page).getByText(/404/).first()).toBeVisible();
  shop.server.always(null);
  shop.server.behaveHead(null);
  await press(page, 'Try again: Gemma 3 1B');
  await expect(card(page, '1B')).toHaveAccessibleDescription(/^Here/);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await page
    .getByRole('switch', { name: /offline/i })
    .or(page.getByRole('tab', { name: 'Servers' }))
    .first()
    .click();
  await page.getByRole('switch', { name: /offline/i }).click();
  await page.keyboard.press('Escape');
  await openPicker(page);
  await card(page, '4B').click();
  await expect(picker(page).getByText('Facet is set to stay offline, so nothing can be downloaded.')).toBeVisible();
  await expect(picker(page).getByRole('button', { name: /^Download .*Gemma 3 4B/ })).toBeDisabled();
  await picker(page).getByRole('button', { name: 'Allow the network' }).click();
  await expect(picker(page).getByRole('button', { name: /^Download/ })).toBeEnabled();
});

test('a model file that is dropped is no attachment; in a browser the terminal adds it', async ({ page, host, shop }) => {
  expect(shop.folder).not.toBe('');
  await openReady(page, host);
  const transfer = await page.evaluateHandle(() => {
    const made = new DataTransfer();
    made.items.add(new File(['GGUF'], 'my gemma.gguf'));
    return made;
  });
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  const dialog = page.getByRole('dialog', { name: 'Add a model file' });
  await expect(dialog.getByText("'/path/to/my gemma.gguf'")).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(composer(page)).toBeVisible();
  await expect(page.getByRole('list', { name: 'Files for this message' })).toHaveCount(0);
});
