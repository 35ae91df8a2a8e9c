import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright/test';
import { builtFacet, expect, type Host, root } from './host.ts';

const run = promisify(execFile);

/** Imports a model that sees no pictures and chooses it in the picker. */
export async function useTextOnlyModel(page: Page, host: Host): Promise<void> {
  const folder = join(host.dataFolder, 'elsewhere');
  await mkdir(folder);
  await copyFile(join(root, 'assets/models/tiny-reader/text.gguf'), join(folder, 'only-text.gguf'));
  const node = join(root, 'node_modules/.bin/node');
  await run(node, [builtFacet, 'models', 'import', join(folder, 'only-text.gguf'), '--data', host.dataFolder]);
  await page.keyboard.press('Control+m');
  // Rows grow when it is known whether a model fits; a click in that moment would miss its button.
  await expect(page.getByText(/^Fits: takes/).last()).toBeVisible();
  await page
    .getByRole('button', { name: /^Use (?!the|a model)/ })
    .last()
    .click();
  await page.keyboard.press('Escape');
}
