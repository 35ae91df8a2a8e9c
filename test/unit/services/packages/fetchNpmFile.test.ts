import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchNpmFile } from '../../../../electron/services/packages/fetchNpmFile.ts';
import { type NpmRegistry, startNpmRegistry } from '../../../fakes/npmRegistry.ts';
import { eventually } from '../../../fakes/eventually.ts';

const content = Buffer.from('what a language looks like'.repeat(1_000));
let folder: string;
let registry: NpmRegistry;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facet-fetch-'));
  registry = await startNpmRegistry(content);
});
afterEach(async () => {
  await registry.close();
  rmSync(folder, { recursive: true });
});
const target = (): string => join(folder, 'in/data.bin');
const fetch = (change: Partial<NpmRegistry['file']> = {}, signal = new AbortController().signal, received: number[] = []): Promise<void> =>
  fetchNpmFile({ file: { ...registry.file, ...change }, target: target(), signal, onReceived: (bytes) => received.push(bytes) });
const expectNothing = (): void => {
  expect(existsSync(target())).toBe(false);
  expect(readdirSync(join(folder, 'in'))).toEqual([]);
};

test('one file out of a package, to the byte', async () => {
  const received: number[] = [];
  await fetch({}, undefined, received);
  expect(readFileSync(target()).equals(content)).toBe(true);
  expect(received.at(-1)).toBe(registry.file.bytes);
  expect(readdirSync(join(folder, 'in'))).toEqual(['data.bin']);
});

test('another archive, or another file in it, is not taken', async () => {
  await expect(fetch({ integrity: 'sha512-other' })).rejects.toMatchObject({ data: { code: 'checksumMismatch' } });
  expectNothing();
  await expect(fetch({ sha256: '0'.repeat(64) })).rejects.toMatchObject({ data: { code: 'checksumMismatch' } });
  expectNothing();
});

test('a registry that cuts the line, or lacks the version, is an error of the network', async () => {
  await expect(fetch({ version: '2.0.0' })).rejects.toMatchObject({ data: { code: 'networkFailed' } });
  expectNothing();
  registry.server.always((_request, response) => void response.socket?.destroy());
  await expect(fetch()).rejects.toMatchObject({ data: { code: 'networkFailed' } });
  expectNothing();
});

test('it can be cancelled while the registry says nothing', async () => {
  registry.server.always(() => undefined);
  const abort = new AbortController();
  const fetching = fetch({}, abort.signal);
  await eventually(() => expect(registry.server.requests.length).toBeGreaterThan(0));
  abort.abort();
  await expect(fetching).rejects.toMatchObject({ data: { code: 'cancelled' } });
  expectNothing();
});
