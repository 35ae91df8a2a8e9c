import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createServices } from '../../../electron/services/createServices.ts';
import { projectFolder, scriptedChildren } from '../../fakes/scriptedChildren.ts';

let dataFolder = '';
beforeEach(() => (dataFolder = mkdtempSync(join(tmpdir(), 'facet-services-'))));
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

const open = () =>
  createServices({
    dataFolder,
    resourcesFolder: projectFolder,
    starter: scriptedChildren(),
    host: 'headless',
    version: '0',
    loadAtStart: false,
  });

/** Without what SQLite puts beside a lock while it is held. */
const sessions = (): readonly string[] => readdirSync(join(dataFolder, 'sessions')).filter((name) => name.endsWith('.lock'));

test('a start that fails late leaves no session behind, and the next one finds nothing abandoned', async () => {
  const inTheWay = join(dataFolder, 'engine.lock');
  mkdirSync(inTheWay);
  await expect(open()).rejects.toThrow();
  expect(sessions()).toEqual([]);
  rmSync(inTheWay, { recursive: true });
  const services = await open();
  expect(sessions()).toHaveLength(1);
  await services.close();
  expect(sessions()).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  'what is stored is for this user alone, in a folder that was there and open to all too',
  async () => {
    const mode = (name: string): number => statSync(join(dataFolder, name)).mode & 0o777;
    const first = await open();
    expect([mode('facet.db'), mode('facet.db-wal'), mode('facet.db-shm')]).toEqual([0o600, 0o600, 0o600]);
    await first.close();
    rmSync(join(dataFolder, 'facet.db'));
    writeFileSync(join(dataFolder, 'facet.db'), '', { mode: 0o644 });
    const second = await open();
    expect([mode('facet.db'), mode('facet.db-wal')]).toEqual([0o600, 0o600]);
    await second.close();
  },
);
