import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeLlamaCppVersion } from '../../../../native/build-steps/pins.mjs';
import type { EngineClient } from '../../../../electron/engine/engineClient.ts';
import { createGpuHandlers, type GpuServiceOptions } from '../../../../electron/services/gpu/createGpuService.ts';
import { missingLibraries } from '../../../../electron/services/gpu/neededLibraries.ts';
import { createNetworkGuard } from '../../../../electron/services/network/networkGuard.ts';
import { gpuPacksFor, packFile } from '../../../../electron/shared/gpuPacks.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-gpu-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const packs = gpuPacksFor('linux-x64');
const [cuda, vulkan] = packs as [(typeof packs)[number], (typeof packs)[number]];
const signal = new AbortController().signal;
const engine = { request: () => Promise.resolve({ devices: [], problems: [], llamaVersion: '' }) } as unknown as EngineClient;

function handlers(change: Partial<GpuServiceOptions> = {}) {
  const events: unknown[] = [];
  const made = createGpuHandlers({
    engine,
    folder,
    requireNetwork: createNetworkGuard(() => ({ offline: false })),
    emit: (name, payload) => events.push([name, payload]),
    packs,
    missing: () => Promise.resolve([]),
    fetch: ({ pack, folder: into, onReceived }) => {
      onReceived(5);
      mkdirSync(dirname(join(into, packFile(pack))), { recursive: true });
      writeFileSync(join(into, packFile(pack)), 'library');
      return Promise.resolve();
    },
    ...change,
  });
  return { ...made, events };
}

test('packs are of the build that everything native comes from', () => {
  expect(packs.map(({ name }) => name)).toEqual(['cuda', 'vulkan']);
  for (const { version, package: name, member, library } of packs) {
    expect(version).toBe(nodeLlamaCppVersion);
    expect(member).toBe(`package/bins/${name.split('/')[1] ?? ''}/${library}`);
  }
});

test('the steps of a card’s test are told while it runs, and not after', async () => {
  const heard = new Set<(progress: object) => void>();
  const tell = (step: string): void => heard.forEach((listener) => listener({ device: 'Vulkan0', step }));
  const testing = {
    on: (_name: string, listener: (progress: object) => void) => {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    request: () => {
      tell('reference');
      tell('text');
      return Promise.reject(new Error('the driver failed'));
    },
  } as unknown as EngineClient;
  const gpu = handlers({ engine: testing });
  await expect(gpu['gpu.test']({ device: 'Vulkan0' }, signal)).rejects.toThrow('the driver failed');
  tell('picture');
  expect(gpu.events).toEqual(['reference', 'text'].map((step) => ['gpu.testProgressed', { device: 'Vulkan0', step }]));
});

test('a pack is fetched once, with progress, and removed', async () => {
  const gpu = handlers();
  const states = (overview: { packs: readonly { installed: boolean }[] }) => overview.packs.map(({ installed }) => installed);
  expect(states(await gpu['gpu.get']({ name: 'vulkan' }, signal))).toEqual([false, true]);
  expect(gpu.events).toEqual([['gpu.progressed', { name: 'vulkan', receivedBytes: 5, totalBytes: vulkan.bytes }]]);
  await gpu['gpu.get']({ name: 'vulkan' }, signal);
  expect(gpu.events).toHaveLength(1);
  expect(states(await gpu['gpu.remove']({ name: 'vulkan' }, signal))).toEqual([false, false]);
  expect(existsSync(join(folder, packFile(vulkan)))).toBe(false);
});

test('nothing is fetched that this computer cannot use, or offline', async () => {
  const lacking = handlers({ missing: (names) => Promise.resolve(names.filter((name) => name === 'libcuda.so.1')) });
  await expect(lacking['gpu.get']({ name: 'cuda' }, signal)).rejects.toMatchObject({
    data: { code: 'invalidRequest', details: { reason: expect.stringContaining('libcuda.so.1') as string } },
  });
  await expect(
    handlers({ requireNetwork: createNetworkGuard(() => ({ offline: true })) })['gpu.get']({ name: 'cuda' }, signal),
  ).rejects.toMatchObject({
    data: { code: 'networkFailed' },
  });
  await expect(handlers({ packs: [vulkan] })['gpu.get']({ name: 'cuda' }, signal)).rejects.toMatchObject({
    data: { code: 'invalidRequest' },
  });
  expect(existsSync(join(folder, packFile(cuda)))).toBe(false);
});

test.runIf(process.platform === 'linux')('the linker is asked what is missing', async () => {
  expect(await missingLibraries(['libc.so.6', 'libnobody.so.7'])).toEqual(['libnobody.so.7']);
});
