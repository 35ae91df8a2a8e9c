import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineClient } from '../../../../electron/engine/engineClient.ts';
import type { EngineRequests, LoadParams, RunParams } from '../../../../electron/engine/engineContract.ts';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import { type CachePlace, type CacheTests, compare, createCacheTests } from '../../../../electron/services/generation/cacheTests.ts';

const params: LoadParams = {
  textPath: '/m.gguf',
  textSha256: 'a'.repeat(64),
  projectorPath: '/p.gguf',
  contextTokens: 8192,
  gpu: 'off',
  threads: 0,
  vocabularyOnly: false,
  cacheType: 'q8_0',
  stateFolder: '/states',
};
const signal = new AbortController().signal;
const good = { found: 4, prefillMs: 2, decodeMs: 20 };

test('a cache that forgets facts or is much slower is told apart from one that is sound', () => {
  expect(compare(good, { found: 4, prefillMs: 2.4, decodeMs: 25 })).toBe('');
  expect(compare({ ...good, found: 0 }, { ...good, found: 0 })).toBe('');
  expect(compare(good, { ...good, found: 3 })).toContain('3 of 4 facts');
  expect(compare(good, { ...good, decodeMs: 90 })).toContain('4.5 times slower');
});

const cpu: CachePlace = { placement: { device: null, layers: 0, visionOnCpu: true, contextTokens: 8192 }, deviceIdentity: '' };
const onCard = (driver: string): CachePlace => ({
  placement: { device: 'Vulkan0', layers: -1, visionOnCpu: false, contextTokens: 8192 },
  deviceIdentity: `Vulkan0, driver ${driver}`,
});

let folder: string;
let loads: LoadParams[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-cache-tests-'));
  loads = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Goes on with the line it was asked about, as any model does; with q8_0 it is wrong. */
const answer = ({ parts: [part] }: RunParams): string => {
  const all = part?.kind === 'text' ? part.text.split('\n') : [];
  const line = all.find((candidate) => candidate.startsWith(all.at(-1) ?? '?')) ?? '';
  return loads.at(-1)?.cacheType === 'f16' ? (line.split(' ').at(-1) ?? '') : 'wrong';
};
const request = (name: keyof EngineRequests, given: unknown): unknown => {
  if (name === 'model.load') loads.push(given as LoadParams);
  const run = { ids: [1, 2], promptTokens: 600, cachedTokens: 0, prefillMs: 600, decodeMs: 40 };
  return Promise.resolve(name === 'generation.run' ? { ...run, text: answer(given as RunParams) } : {});
};
const engine = { request } as unknown as EngineClient;

async function withTests(work: (tests: CacheTests) => Promise<void>): Promise<void> {
  const database = openDatabase(join(folder, 'facet.db'));
  try {
    await work(createCacheTests({ database, engine }));
  } finally {
    database.close();
  }
}

test('is asked of the model with nothing kept on disk, and remembered by the next start', async () => {
  await withTests(async (tests) => {
    expect(tests.known(params, cpu)).toBeNull();
    expect(await tests.test(params, cpu, signal)).toContain('0 of 4 facts');
  });
  expect(loads.map(({ cacheType, stateFolder, projectorPath }) => ({ cacheType, stateFolder, projectorPath }))).toEqual([
    { cacheType: 'f16', stateFolder: null, projectorPath: null },
    { cacheType: 'q8_0', stateFolder: null, projectorPath: null },
  ]);
  await withTests(async (tests) => expect(tests.known(params, cpu)).toContain('0 of 4 facts'));
});

test('what was found on one device says nothing about another, nor about the same one with another driver', async () => {
  const auto: LoadParams = { ...params, gpu: 'auto' };
  await withTests(async (tests) => {
    await tests.test(auto, onCard('1'), signal);
    expect(loads.map(({ gpu }) => gpu)).toEqual(['Vulkan0', 'Vulkan0']);
    expect(tests.known(auto, onCard('1'))).toContain('0 of 4 facts');
    expect(tests.known({ ...auto, gpu: 'Vulkan0' }, onCard('1'))).toContain('0 of 4 facts');
    expect(tests.known(auto, onCard('2'))).toBeNull();
    expect(tests.known(auto, cpu)).toBeNull();
    await tests.test(auto, cpu, signal);
    expect(loads.at(-1)?.gpu).toBe('off');
  });
});
