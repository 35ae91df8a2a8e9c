import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineClient } from '../../../../electron/engine/engineClient.ts';
import { createUsedDevices } from '../../../../electron/services/gpu/usedDevices.ts';
import { type EstimateRequest, estimateModel } from '../../../../electron/services/models/estimateModel.ts';
import { deviceBookFile, type GpuDevice } from '../../../../electron/shared/gpu.ts';
import { verdictInWords } from '../../../../electron/shared/modelEstimate.ts';
import type { EngineState } from '../../../../electron/shared/models.ts';

// 4 GiB and what is left to other programs.
beforeEach(() => void vi.spyOn(process, 'availableMemory').mockReturnValue(4.5 * 1024 ** 3));
afterEach(() => vi.restoreAllMocks());

const folder = mkdtempSync(join(tmpdir(), 'facet-cards-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const card = (change: Partial<GpuDevice> = {}): GpuDevice => ({
  name: 'CUDA0',
  description: 'A card',
  backend: 'CUDA',
  kind: 'gpu',
  totalBytes: 12e9,
  freeBytes: 11e9,
  standing: 'sound',
  fault: '',
  ...change,
});
const estimate = (devices: readonly GpuDevice[], change: Partial<EstimateRequest> = {}) =>
  estimateModel({
    subject: { kind: 'released', size: '12B', quantisation: 'Q4_0' },
    contextTokens: 8192,
    cacheType: 'f16',
    check: () => expect.unreachable(),
    model: () => expect.unreachable(),
    engine: { kind: 'idle' },
    devices,
    speed: () => null,
    ...change,
  });

test('a model that the computer has no memory for fits on a card that has', async () => {
  const alone = await estimate([]);
  expect(verdictInWords(alone.verdict)).toMatch(/^won't fit: short by/);
  expect(alone.gpu).toBeNull();
  const { verdict, gpu, memory, largestContext } = await estimate([card()]);
  expect(verdict).toEqual({ kind: 'fits' });
  const { weights, kvGlobal, kvWindow, compute, vision } = memory;
  expect(gpu).toEqual({ name: 'A card', bytes: weights + kvGlobal + kvWindow + compute + vision, free: 11e9 });
  expect(largestContext).toBeGreaterThan(8192);
});

test('a small card takes the layers it has room for, and the rest must fit beside it', async () => {
  const { verdict, gpu, total, free } = await estimate([card({ totalBytes: 8e9, freeBytes: 7.5e9 })]);
  expect(verdict).toEqual({ kind: 'fits' });
  expect(gpu?.bytes).toBeGreaterThan(4e9);
  expect(total - (gpu?.bytes ?? 0)).toBeLessThan(free);
  const tiny = await estimate([card({ totalBytes: 4e9, freeBytes: 3e9 })]);
  expect(tiny.verdict).toMatchObject({ kind: 'tooBig', shortBytes: tiny.total - tiny.free - (tiny.gpu?.bytes ?? 0) });
});

test('where the exact cache leaves no room for the context, what half the cache would hold is known', async () => {
  vi.mocked(process.availableMemory).mockReturnValue(19.5 * 1024 ** 3);
  const wanted = { subject: { kind: 'released', size: '27B', quantisation: 'Q4_0' }, contextTokens: 32_768 } as const;
  const exact = await estimate([], wanted);
  expect(exact.verdict).toEqual({ kind: 'fitsWith', contextTokens: exact.largestContext });
  expect(exact.largestContextHalved).toBeGreaterThan(32_768);
  const half = await estimate([], { ...wanted, cacheType: 'q8_0' });
  expect(half).toMatchObject({ verdict: { kind: 'fits' }, largestContext: exact.largestContextHalved });
});

test('memory that a card shares with the computer is counted once', async () => {
  expect((await estimate([card({ kind: 'integratedGpu' })])).gpu).toBeNull();
});

test('a card that is full of the model in memory is free for the next one', async () => {
  const full = card({ freeBytes: 1e9 });
  const memory = { weights: 7e9, kv: 1e9, compute: 0.3e9, vision: 0, mapped: 0, device: 8e9 };
  const engine: EngineState = { ...{ kind: 'ready', modelId: 'm', contextTokens: 8192, backend: 'CUDA', sees: false, memory, loadMs: 1 } };
  expect((await estimate([full])).verdict.kind).toBe('tooBig');
  const after = await estimate([full], { engine: { ...engine, device: 'CUDA0' } });
  expect(after.verdict.kind).toBe('fits');
  expect(after.gpu?.free).toBe(9e9);
  // What lies on the card is no memory of the computer's that unloading gives back.
  expect(after.free).toBe(4 * 1024 ** 3 + 0.3e9);
});

test('weights that were rearranged in memory are given back by unloading, those in the file were never taken', async () => {
  const memory = { weights: 2e9, kv: 1e9, compute: 0.2e9, vision: 0, mapped: 0.5e9 };
  const engine: EngineState = { kind: 'ready', modelId: 'm', contextTokens: 8192, backend: 'CPU', sees: false, memory, loadMs: 1 };
  expect((await estimate([], { engine })).free).toBe(4 * 1024 ** 3 + 2.7e9);
});

test('only cards that compute right and that the settings allow are counted, and the engine is asked once for many models', async () => {
  const devices = [card(), card({ name: 'Vulkan0', standing: 'faulty' }), card({ name: 'Vulkan1', standing: 'untested' })];
  const all = [...devices, card({ name: 'CPU', kind: 'cpu' })];
  let asked = 0;
  const request = (): unknown => {
    asked++;
    return Promise.resolve({ devices: all, problems: [], llamaVersion: '' });
  };
  const usedWith = (gpu: string, answer = request) =>
    createUsedDevices({ engine: { request: answer } as unknown as EngineClient, folder, settings: () => ({ gpu }) });
  const used = usedWith('auto');
  // Before any card was tested no engine is started to ask.
  expect(await used()).toEqual([]);
  expect(asked).toBe(0);
  writeFileSync(join(folder, deviceBookFile), '{}');
  expect(await Promise.all([used(), used()])).toEqual([[card()], [card()]]);
  expect(asked).toBe(1);
  expect(await usedWith('CUDA0')()).toEqual([card()]);
  expect(await usedWith('Vulkan0')()).toEqual([]);
  expect(await usedWith('off')()).toEqual([]);
  expect(asked).toBe(3);
  expect(await usedWith('auto', () => Promise.reject(new Error('the engine does not start')))()).toEqual([]);
});
