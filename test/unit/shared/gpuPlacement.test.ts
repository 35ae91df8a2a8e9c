import { describe, expect, test } from 'vitest';
import { hasOwnMemory, placeOnDevice } from '../../../electron/shared/gpuPlacement.ts';

const gigabyte = 1e9;
/** A 4B: 2.5 GB of weights in 34 layers, and a large encoder. */
const parts = { weights: 2.5 * gigabyte, kv: 0.3 * gigabyte, compute: 0.2 * gigabyte, vision: gigabyte, layers: 34 };
const card = (free: number) => ({ totalBytes: 8 * gigabyte, freeBytes: free * gigabyte });

describe('a device takes', () => {
  test('everything where it fits', () => {
    expect(placeOnDevice(card(7), parts)).toEqual({ layers: -1, bytes: 4 * gigabyte });
  });
  test('pictures and as many layers as fit beside them, whose scratch is needed on both sides', () => {
    expect(placeOnDevice(card(2.4), parts)).toEqual({ layers: 9, bytes: gigabyte + (9 / 35) * 2.8 * gigabyte });
  });
  test('layers alone where pictures do not fit', () => {
    expect(placeOnDevice(card(1.4), parts)).toEqual({ layers: 9, bytes: Math.round((9 / 35) * 2.8 * gigabyte) });
  });
  test('nothing where not even one layer fits', () => {
    expect(placeOnDevice(card(0.5), parts)).toEqual({ layers: 0, bytes: 0 });
  });
});

test('memory of its own has only a card that says how much is free', () => {
  const device = { kind: 'gpu', backend: 'Vulkan', freeBytes: 1 } as const;
  expect(hasOwnMemory(device)).toBe(true);
  expect(hasOwnMemory({ ...device, kind: 'integratedGpu' })).toBe(false);
  expect(hasOwnMemory({ ...device, freeBytes: 0 })).toBe(false);
  expect(hasOwnMemory({ ...device, backend: 'MTL' })).toBe(false);
});
