import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Finding, openDeviceBook } from '../../../../electron/engine/gpu/deviceBook.ts';
import { createGpuDevices } from '../../../../electron/engine/gpu/gpuDevices.ts';
import { loadPacks } from '../../../../electron/engine/gpu/loadPacks.ts';
import { loadPlaced } from '../../../../electron/engine/gpu/loadPlaced.ts';
import { compareComputed, relativeError } from '../../../../electron/engine/gpu/selfTest.ts';
import { type GpuPack, gpuPacksFor, packFile } from '../../../../electron/shared/gpuPacks.ts';
import { fakeDevice, fakeLoads, fakeParams } from '../../../fakes/fakeDevice.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-gpus-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const cancel = { set: () => undefined };
const cpu = fakeDevice({ name: 'CPU', backend: 'CPU', kind: 'cpu', description: 'A processor' });
const card = fakeDevice();
const integrated = fakeDevice({ name: 'Vulkan1', kind: 'integratedGpu', description: 'A small card' });

function computer(test: (device: string) => Finding, llamaVersion = '0.5.0') {
  const tested: string[] = [];
  const gpu = createGpuDevices({
    binding: { devices: () => [cpu, integrated, card], loadBackend: () => undefined },
    llamaVersion,
    systemVersion: '1',
    test: (device) => {
      tested.push(device);
      return Promise.resolve(test(device));
    },
  });
  return { gpu, tested };
}
const sound: Finding = { fault: '', cacheFault: '' };

describe('a device', () => {
  test('is tested at first use, and remembered by the next process, but not by another build', async () => {
    const first = computer(() => sound);
    expect(first.gpu.describe(folder).devices.map(({ name, standing }) => `${name} ${standing}`)).toEqual([
      'Vulkan0 untested',
      'Vulkan1 untested',
      'CPU sound',
    ]);
    expect((await first.gpu.choose(folder, 'auto', cancel)).devices.map(({ name }) => name)).toEqual(['Vulkan0', 'Vulkan1']);
    await first.gpu.choose(folder, 'auto', cancel);
    const second = computer(() => sound);
    await second.gpu.choose(folder, 'auto', cancel);
    const rebuilt = computer(() => sound, '0.5.1');
    await rebuilt.gpu.choose(folder, 'Vulkan0', cancel);
    expect([first.tested, second.tested, rebuilt.tested]).toEqual([['Vulkan0', 'Vulkan1'], [], ['Vulkan0']]);
  });
  test('that fails is left for another one, with one sentence', async () => {
    const { gpu } = computer((device) => (device === 'Vulkan0' ? { fault: 'it is wrong', cacheFault: '' } : sound));
    const { engine } = fakeLoads(() => true);
    const { loaded } = await loadPlaced(
      engine,
      gpu,
      { ...fakeParams, gpuFolder: folder },
      cancel,
      () => undefined,
      () => expect.unreachable(),
    );
    expect(loaded.placement?.device).toBe('Vulkan1');
    expect(loaded.warnings).toEqual(['A card is not used: it is wrong']);
  });
  test('that fails and was asked for by name leaves the CPU', async () => {
    const { gpu } = computer(() => ({ fault: 'it is wrong', cacheFault: '' }));
    const { engine, tried } = fakeLoads(() => true);
    const { loaded } = await loadPlaced(
      engine,
      gpu,
      { ...fakeParams, gpuFolder: folder, gpu: 'Vulkan1' },
      cancel,
      () => undefined,
      () => expect.unreachable(),
    );
    expect([loaded.backend, loaded.warnings, tried.length]).toEqual(['CPU', ['A small card is not used: it is wrong'], 1]);
  });
  test('that is not there is refused by name', async () => {
    await expect(computer(() => sound).gpu.choose(folder, 'CUDA7', cancel)).rejects.toMatchObject({
      data: { code: 'invalidRequest', details: { field: 'gpu' } },
    });
  });
  test('that is lost at work ends the process, which the next one counts', async () => {
    const { gpu } = computer(() => sound);
    const { engine } = fakeLoads(() => true);
    const params = { ...fakeParams, gpuFolder: folder };
    const reasons: string[] = [];
    const lost = (reason: string): void => void reasons.push(reason);
    const placed = await loadPlaced(engine, gpu, params, cancel, () => undefined, lost);
    await expect(placed.work(() => Promise.reject(new Error('vk::Queue::submit: ErrorDeviceLost')))).rejects.toThrow();
    await expect(placed.work(() => Promise.reject(new Error('too long')))).rejects.toThrow('too long');
    expect(reasons).toEqual(['A card was lost: vk::Queue::submit: ErrorDeviceLost']);
  });
  test('is tested again by hand', async () => {
    let finding: Finding = { fault: 'it is wrong', cacheFault: '' };
    const { gpu } = computer(() => finding);
    await gpu.choose(folder, 'Vulkan0', cancel);
    finding = sound;
    expect((await gpu.test(folder, 'Vulkan0', cancel)).standing).toBe('sound');
    expect((await gpu.choose(folder, 'Vulkan0', cancel)).devices).toHaveLength(1);
  });
  test('that does not do the quantised cache gets an exact one', async () => {
    const { gpu } = computer(() => ({ fault: '', cacheFault: 'it failed' }));
    const { engine } = fakeLoads(() => true);
    const params = { ...fakeParams, gpuFolder: folder, cacheType: 'q8_0' as const };
    const placed = await loadPlaced(
      engine,
      gpu,
      params,
      cancel,
      () => undefined,
      () => expect.unreachable(),
    );
    expect([placed.cacheType, placed.loaded.warnings]).toEqual(['f16', ['The q8_0 cache is not used on A card: it failed']]);
    expect(placed.loaded.deviceIdentity).toContain('A card');
  });
  test('is not looked at where only the vocabulary is read, or the CPU is asked for', async () => {
    const { gpu, tested } = computer(() => sound);
    const { engine } = fakeLoads(() => true);
    await loadPlaced(
      engine,
      gpu,
      { ...fakeParams, vocabularyOnly: true },
      cancel,
      () => undefined,
      () => expect.unreachable(),
    );
    await loadPlaced(
      engine,
      gpu,
      { ...fakeParams, gpu: 'off' },
      cancel,
      () => undefined,
      () => expect.unreachable(),
    );
    await loadPlaced(
      engine,
      gpu,
      { ...fakeParams, gpu: 'CPU' },
      cancel,
      () => undefined,
      () => expect.unreachable(),
    );
    expect(tested).toEqual([]);
  });
});

describe('the self-test', () => {
  const exact = {
    text: new Float32Array([3, 4]),
    nextToken: new Float32Array([3, 4]),
    picture: new Float32Array([3, 4]),
    textAndPicture: new Float32Array([3, 4]),
  };
  test('takes what is as near as rounding', () => {
    expect(compareComputed(exact, { ...exact, text: new Float32Array([3.1, 4]) }, 0.05)).toBe('');
    expect(relativeError(exact.text, new Float32Array([3, 4.5]))).toBeCloseTo(0.1);
  });
  test.each([
    ['wrong numbers', [4, 3]],
    ['no numbers', [Number.NaN, 4]],
    ['too few numbers', [3]],
    ['nothing', []],
  ])('refuses %s', (_what, numbers) => {
    expect(compareComputed(exact, { ...exact, picture: new Float32Array(numbers) }, 0.05)).toContain('of a picture differs');
  });
});

describe('a pack', () => {
  const [pack] = gpuPacksFor('linux-x64') as [GpuPack];
  const content = 'a library';
  const ours: GpuPack = { ...pack, sha256: createHash('sha256').update(content).digest('hex') };
  const put = (text: string): void => {
    mkdirSync(join(folder, pack.version), { recursive: true });
    writeFileSync(join(folder, packFile(pack)), text);
  };
  const load = (loadBackend: (file: string) => void, loaded = new Set<string>()) =>
    loadPacks({ loadBackend }, { folder, loaded, book: openDeviceBook(folder), driver: '1', packs: [ours] });

  test('is loaded once', () => {
    put(content);
    const files: string[] = [];
    const loaded = new Set<string>();
    expect([load((file) => files.push(file), loaded), load((file) => files.push(file), loaded)]).toEqual([[], []]);
    expect(files).toEqual([join(folder, packFile(pack))]);
  });
  test('that was changed by a single byte is never loaded', () => {
    put('b library');
    expect(load(() => expect.unreachable())).toEqual([expect.stringContaining('is not the file it must be')]);
  });
  test('whose driver is missing is told', () => {
    put(content);
    const fails = (): never => {
      throw Object.assign(new Error('x'), { reason: 'libcuda.so.1: cannot open shared object file' });
    };
    expect(load(fails)).toEqual(['The cuda pack is not used: libcuda.so.1: cannot open shared object file']);
  });
});
