import { copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { answers, ask, expect, openReady, root, test } from './host.ts';
import { expectAccessible } from './expectAccessible.ts';

// The dialog of the desktop app, whose page may name files.
test.use({ program: join(root, 'test/fakes/localFacet.ts') });

const folder = mkdtempSync(join(tmpdir(), 'facet-import-'));
const model = join(folder, 'my gemma.gguf');
const broken = join(folder, 'broken.gguf');
test.beforeAll(() => {
  copyFileSync(join(root, 'assets/models/tiny-reader/text.gguf'), model);
  copyFileSync(model, broken);
  truncateSync(broken, 20_000);
  writeFileSync(join(folder, 'notes.txt'), 'No model at all.');
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Add a model file' });

async function check(page: Page, path: string): Promise<void> {
  await dialog(page).getByLabel('Model file', { exact: true }).fill(path);
  await dialog(page).getByRole('button', { name: 'Check the file' }).click();
}

test('a file is checked before it is added, and what is wrong with it is said', async ({ page, host }) => {
  await openReady(page, host);
  await page.keyboard.press('Control+m');
  await page.getByRole('button', { name: 'Add a model file…' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Check the file' })).toBeDisabled();
  await check(page, join(folder, 'missing.gguf'));
  await expect(dialog(page).getByRole('alert')).toContainText('missing.gguf');
  await check(page, join(folder, 'notes.txt'));
  await expect(dialog(page).getByRole('alert')).toContainText('GGUF');
  await check(page, broken);
  await expect(dialog(page).getByRole('alert')).toContainText('Choose another file, or download the model again.');
  await check(page, join(root, 'assets/models/tiny-reader/mmproj.gguf'));
  await expect(dialog(page).getByRole('alert')).toContainText('This is the vision part of a model.');
  await check(page, model);
  await expect(dialog(page).getByRole('status')).toContainText('Reads at most 2,048 tokens.');
  await expectAccessible(page, 'a checked model file');
});

test('a file is copied with its vision part, and answers', async ({ page, host }) => {
  await openReady(page, host);
  await page.keyboard.press('Control+m');
  await page.getByRole('button', { name: 'Add a model file…' }).click();
  await check(page, model);
  await dialog(page).getByLabel('Vision part (optional)', { exact: true }).fill(join(root, 'assets/models/tiny-reader/mmproj.gguf'));
  await dialog(page).getByText('Copy it into Facet').click();
  await dialog(page).getByRole('button', { name: 'Add and use' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await ask(page, 'Are you there?');
  await expect(answers(page).last()).toContainText('You said: Are you there?');
  rmSync(model);
  await ask(page, 'Still?');
  await expect(answers(page).last()).toContainText('You said: Still?');
});
