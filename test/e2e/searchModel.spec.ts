import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { embeddingSpec, tinyEmbedding } from '../fakes/embeddingShapes.ts';
import { writeGguf } from '../fakes/ggufWriter.ts';
import { builtFacet, expect, fixture, openReady, root, test } from './host.ts';

// The real addon in a child of its own, on random weights of EmbeddingGemma's shape.
test.use({ program: builtFacet });

const run = promisify(execFile);

test('a search model that was imported prepares the documents by itself, and is not trusted where it finds nothing', async ({
  page,
  host,
}) => {
  await openReady(page, host);
  const model = join(host.dataFolder, 'search.gguf');
  await writeFile(model, writeGguf(embeddingSpec(tinyEmbedding)));
  await run(join(root, 'node_modules/.bin/node'), [builtFacet, 'models', 'import', model, '--data', host.dataFolder]);
  await page.getByLabel('Files', { exact: true }).setInputFiles(fixture('documents/lease.pdf'));
  await expect(page.getByText('5 pages, all read').first()).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Model' }).click();
  await expect(settings.getByText('1 stays with words, since meaning did not find its own sentences')).toBeVisible();
  await settings.getByRole('switch', { name: 'Search by meaning' }).click();
  await expect(settings.getByText('Off. Documents are searched by their words.')).toBeVisible();
});
