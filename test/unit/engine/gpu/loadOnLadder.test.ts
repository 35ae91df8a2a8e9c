import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LoadParams, LoadedModel, Placement } from '../../../../electron/engine/engineContract.ts';
import { type DeviceBook, openDeviceBook } from '../../../../electron/engine/gpu/deviceBook.ts';
import type { UsableDevice } from '../../../../electron/engine/gpu/gpuDevices.ts';
import { loadOnLadder } from '../../../../electron/engine/gpu/loadOnLadder.ts';
import { fakeDevice, fakeLoads, fakeParams } from '../../../fakes/fakeDevice.ts';

let folder: string;
let book: DeviceBook;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-ladder-'));
  book = openDeviceBook(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Climb {
  readonly loaded: LoadedModel;
  readonly tried: readonly Placement[];
}
async function climb(
  takes: (place: Placement) => true | string,
  { devices = [fakeDevice()], params = fakeParams }: { devices?: readonly UsableDevice[]; params?: LoadParams } = {},
): Promise<Climb> {
  const { engine, tried } = fakeLoads(takes);
  const loaded = await loadOnLadder({ engine, params, devices, book, cancel: { set: () => undefined }, listener: () => undefined });
  return { loaded, tried };
}

describe('each step down is taken and said in one sentence', () => {
  const steps: readonly { step: string; takes: (place: Placement) => boolean; told: string }[] = [
    { step: 'fewer layers', takes: ({ layers }) => layers === 17, told: 'A card has room for 17 of 34 layers; the others run on the CPU' },
    {
      step: 'a smaller context',
      takes: ({ contextTokens, device }) => device !== null && contextTokens === 4096,
      told: 'A card has room for a context of 4096 tokens only, not for 8192',
    },
    {
      step: 'pictures on the CPU',
      takes: ({ visionOnCpu, device }) => device !== null && visionOnCpu,
      told: 'A card has no room left for looking at pictures; that runs on the CPU',
    },
    {
      step: 'another device',
      takes: ({ device }) => device === 'CUDA0',
      told: 'A card could not take the model (no room); it runs on Another card',
    },
    { step: 'the CPU', takes: ({ device }) => device === null, told: 'A card could not take the model (no room); it runs on the CPU' },
  ];
  test.each(steps)('$step', async ({ takes, told }) => {
    const devices = [fakeDevice(), fakeDevice({ name: 'CUDA0', description: 'Another card' })];
    const { loaded, tried } = await climb((place) => takes(place) || 'no room', { devices });
    expect(loaded.warnings).toContain(told);
    expect(loaded.warnings.filter((sentence) => sentence === told)).toHaveLength(1);
    expect(loaded.placement).toEqual(tried.at(-1));
  });
  test('nothing is said where nothing was given up', async () => {
    const { loaded, tried } = await climb(() => true);
    expect(loaded.warnings).toEqual([]);
    expect(tried).toEqual([{ device: 'Vulkan0', layers: -1, visionOnCpu: false, contextTokens: 8192 }]);
  });
});

test('a context that somebody asked for is never made smaller', async () => {
  const { tried } = await climb(({ device }) => device === null || 'no room', { params: { ...fakeParams, mayShrinkContext: false } });
  expect(new Set(tried.map(({ contextTokens }) => contextTokens))).toEqual(new Set([8192]));
});

test('what failed is remembered: the next load begins where the last one ended, and says why', async () => {
  const onlyCpu = ({ device }: Placement) => device === null || 'no room';
  expect((await climb(onlyCpu)).tried.length).toBeGreaterThan(3);
  book = openDeviceBook(folder);
  const again = await climb(onlyCpu);
  expect(again.tried.map(({ device }) => device)).toEqual([null]);
  expect(again.loaded.warnings).toEqual(['A card could not take the model (no room); it runs on the CPU']);
  // More memory is free now, or another model is asked for.
  expect((await climb(() => true, { devices: [fakeDevice({ freeBytes: 7.9e9 })] })).loaded.placement?.device).toBe('Vulkan0');
  expect((await climb(() => true, { params: { ...fakeParams, textSha256: 'b'.repeat(64) } })).loaded.placement?.device).toBe('Vulkan0');
});

test('another driver is another device, of which nothing is known', async () => {
  await climb(({ device }) => device === null || 'no room');
  expect((await climb(() => true, { devices: [fakeDevice({ identity: 'Vulkan0, driver 2' })] })).loaded.placement?.device).toBe('Vulkan0');
});

test('a fault that is not about room ends the load', async () => {
  const { engine } = fakeLoads(() => true);
  const broken = {
    ...engine,
    load: () => Promise.reject(Object.assign(new Error('x'), { code: 'modelInvalid', subject: '', reason: '' })),
  };
  const devices = [fakeDevice()];
  const loading = loadOnLadder({
    engine: broken,
    params: fakeParams,
    devices,
    book,
    cancel: { set: () => undefined },
    listener: () => undefined,
  });
  await expect(loading).rejects.toMatchObject({ code: 'modelInvalid' });
});
