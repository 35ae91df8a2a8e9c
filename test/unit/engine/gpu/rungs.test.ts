import { describe, expect, test } from 'vitest';
import type { Placement } from '../../../../electron/engine/engineContract.ts';
import { asksAsMuch, type LadderQuestion, rungsFor } from '../../../../electron/engine/gpu/rungs.ts';

const gigabyte = 1e9;
/** A 4B: 2.5 GB of weights in 34 layers, and a large encoder. */
const plan = { weights: 2.5 * gigabyte, kv: 0.3 * gigabyte, compute: 0.2 * gigabyte, vision: 1 * gigabyte, layers: 34 };
const card = (freeBytes: number, name = 'Vulkan0') => ({ name, totalBytes: 8 * gigabyte, freeBytes });
const ladder = (change: Partial<LadderQuestion>) =>
  rungsFor({ devices: [card(7 * gigabyte)], plan, contextTokens: 8192, mayShrinkContext: true, ...change }).map(
    ({ device, layers, visionOnCpu, contextTokens }) => `${device ?? 'CPU'} ${layers}${visionOnCpu ? ' no pictures' : ''} ${contextTokens}`,
  );

describe('the ladder', () => {
  test('goes from everything to the CPU, one step at a time', () => {
    expect(ladder({})).toEqual([
      'Vulkan0 -1 8192',
      'Vulkan0 17 8192',
      'Vulkan0 17 4096',
      'Vulkan0 -1 no pictures 8192',
      'Vulkan0 17 no pictures 8192',
      'CPU 0 no pictures 8192',
    ]);
  });
  test('leaves a context alone that somebody asked for', () => {
    expect(ladder({ mayShrinkContext: false }).some((rung) => rung.includes('4096'))).toBe(false);
  });
  test('reserves pictures and scratch before layers', () => {
    // 2.4 GB less margin, scratch and encoder leave room for 9 layers of 80 MB; without the encoder there is room for 21.
    expect(ladder({ devices: [card(2.4 * gigabyte)], mayShrinkContext: false })).toEqual([
      'Vulkan0 9 8192',
      'Vulkan0 4 8192',
      'Vulkan0 21 no pictures 8192',
      'Vulkan0 10 no pictures 8192',
      'CPU 0 no pictures 8192',
    ]);
  });
  test('does not try a device that plainly has no room', () => {
    expect(ladder({ devices: [card(0.5 * gigabyte)] })).toEqual(['CPU 0 no pictures 8192']);
  });
  test('tries all layers where the driver does not say what is free', () => {
    expect(ladder({ devices: [card(0)] })[0]).toBe('Vulkan0 -1 8192');
  });
  test('tries another device before the CPU', () => {
    const rungs = ladder({ devices: [card(0.5 * gigabyte, 'CUDA0'), card(7 * gigabyte)], plan: { ...plan, vision: 0 } });
    expect(rungs[0]).toBe('Vulkan0 -1 8192');
    expect(rungs.at(-1)).toBe('CPU 0 no pictures 8192');
    expect(rungs.some((rung) => rung.includes('Vulkan0') && rung.includes('no pictures'))).toBe(false);
  });
});

test('a place asks as much as one that failed where it asks no less of anything', () => {
  const failed: Placement = { device: 'Vulkan0', layers: 17, visionOnCpu: false, contextTokens: 8192 };
  expect(asksAsMuch(failed, failed)).toBe(true);
  expect(asksAsMuch({ ...failed, layers: -1 }, failed)).toBe(true);
  expect(asksAsMuch({ ...failed, layers: 16 }, failed)).toBe(false);
  expect(asksAsMuch({ ...failed, contextTokens: 4096 }, failed)).toBe(false);
  expect(asksAsMuch({ ...failed, visionOnCpu: true }, failed)).toBe(false);
  expect(asksAsMuch({ ...failed, device: 'CUDA0' }, failed)).toBe(false);
});
