import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue } from '../../electron/services/models/catalogue.ts';
import { writeGguf } from '../fakes/ggufWriter.ts';
import { startRudeServer, type RudeServer } from '../fakes/rudeServer.ts';
import { tinyTextSpec } from '../fakes/tinyGemma.ts';
import { root, test as base } from './host.ts';

/** The id whose file lies on the local server. */
export const servedId = 'gemma-3-1b-it-qat-q4_0';

interface Shop {
  readonly server: RudeServer;
  /** Resources with the shipped catalogue, but for that file. */
  readonly folder: string;
}

/** Tests whose host knows the shipped catalogue; its 1B comes from a server of the test's, and is a tiny model. */
export const test = base.extend<{ readonly shop: Shop }>({
  // Playwright reads what a fixture needs off its first parameter.
  // eslint-disable-next-line no-empty-pattern
  shop: async ({}, use) => {
    const content = Buffer.from(writeGguf(tinyTextSpec()));
    const server = await startRudeServer(content);
    const folder = await mkdtemp(join(tmpdir(), 'facet-shop-'));
    const assets = join(folder, 'assets');
    await mkdir(assets);
    for (const name of await readdir(join(root, 'assets'))) {
      if (name !== 'catalog.json') await symlink(join(root, 'assets', name), join(assets, name));
    }
    const shipped = JSON.parse(await readFile(join(root, 'assets/catalog.json'), 'utf8')) as Catalogue;
    const sha256 = createHash('sha256').update(content).digest('hex');
    const text = { source: { kind: 'web', url: server.url } as const, bytes: content.length, sha256 };
    const models = shipped.models.map((model) => (model.id === servedId ? { ...model, text } : model));
    await writeFile(join(assets, 'catalog.json'), JSON.stringify({ ...shipped, models }));
    await use({ server, folder });
    await server.close();
    await rm(folder, { recursive: true, force: true });
  },
  environment: async ({ shop }, use) => {
    await use({ FACET_TEST_RESOURCES: shop.folder });
  },
});
