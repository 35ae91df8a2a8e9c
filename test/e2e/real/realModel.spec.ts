import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { realModelPath } from '../../real/realModel.ts';
import { answers, ask, builtFacet, expect, fixture, openReady, root, test } from '../host.ts';

const run = promisify(execFile);

// The real pretrained 270M in the browser: a fact it knows, and a fact out of a document.
test.use({ program: builtFacet });

test('it answers from what it knows and from a document', async ({ page, host }) => {
  await openReady(page, host);
  const command = [join(root, 'dist/facet.js'), 'models', 'import', realModelPath(), '--data', host.dataFolder];
  await run(join(root, 'node_modules/.bin/node'), command);
  await page.keyboard.press('Control+m');
  await page.getByRole('button', { name: /^Use Gemma 3 270M/ }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await ask(page, 'What is the capital of France?');
  await expect(answers(page).last()).toContainText('Paris');

  await page.getByRole('button', { name: 'New chat' }).first().click();
  await page.getByLabel('Files', { exact: true }).setInputFiles(fixture('documents/lease.pdf'));
  await expect(page.getByText('5 pages, all read')).toBeVisible();
  await ask(page, 'What is the name of the cat?');
  await expect(answers(page).last()).toContainText('Biscuit');
});
