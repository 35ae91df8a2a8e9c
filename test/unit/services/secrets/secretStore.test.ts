import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sealer, createSecretStore } from '../../../../electron/services/secrets/secretStore.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const sealer: Sealer = {
  available: () => true,
  seal: (text) => Buffer.from(`mine:${text}`).toString('base64'),
  open: (sealed) => /^mine:(.*)$/.exec(Buffer.from(sealed, 'base64').toString())?.[1] ?? null,
};
const file = (): string => join(folder, 'secrets.json');

test('a secret is kept for later runs, readable by this user alone, and forgotten on demand', () => {
  createSecretStore(folder).set('server-1', 'word');
  createSecretStore(folder).set('server-2', 'other');
  expect(createSecretStore(folder).get('server-1')).toBe('word');
  if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  createSecretStore(folder).set('server-1', null);
  expect(createSecretStore(folder).get('server-1')).toBeNull();
  expect(createSecretStore(folder).get('server-2')).toBe('other');
  expect(readFileSync(file(), 'utf8')).not.toContain('word');
});

test('where the system seals, the file holds no secret, and what another system sealed is none', () => {
  createSecretStore(folder, sealer).set('server-1', 'word');
  expect(readFileSync(file(), 'utf8')).not.toContain('word');
  expect(createSecretStore(folder, sealer).get('server-1')).toBe('word');
  expect(createSecretStore(folder, { ...sealer, open: () => null }).get('server-1')).toBeNull();
});

test('a damaged file is no secret', () => {
  writeFileSync(file(), '{');
  expect(createSecretStore(folder).get('server-1')).toBeNull();
});
