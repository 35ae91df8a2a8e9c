import type { GpuDevice } from './gpu.ts';

/** Bytes of a model's parts as the CPU would need them, and its layers. */
export interface PartsToPlace {
  readonly weights: number;
  readonly kv: number;
  readonly compute: number;
  readonly vision: number;
  readonly layers: number;
}

/** What of a device decides how much of a model it takes. */
export type DeviceRoom = Pick<GpuDevice, 'totalBytes' | 'freeBytes'>;

/** Where a load puts a model first of all. */
export interface PlacedParts {
  /** Layers on the device; -1 is all of them, 0 none. */
  readonly layers: number;
  /** Bytes that lie there instead of in the computer's memory. */
  readonly bytes: number;
}

/** Left free on a device for its driver and for what the plan, which is the CPU's, does not count. */
const marginBytes = 64 << 20;
const marginShare = 0.05;

/** How many layers a device has room for beside `reserved` bytes; -1 for all, also where the driver does not say what is free. */
export function layersThatFit({ totalBytes, freeBytes }: DeviceRoom, parts: PartsToPlace, reserved: number): number {
  if (freeBytes === 0) return -1;
  const room = freeBytes - marginBytes - totalBytes * marginShare - parts.compute - reserved;
  // The output layer counts as one more.
  const fitting = Math.max(0, Math.floor(room / ((parts.weights + parts.kv) / (parts.layers + 1))));
  return fitting > parts.layers ? -1 : fitting;
}

/** All layers that fit beside the vision part; where none does, all that fit without it. */
export function placeOnDevice(device: DeviceRoom, parts: PartsToPlace): PlacedParts {
  const beside = layersThatFit(device, parts, parts.vision);
  const layers = beside === 0 ? layersThatFit(device, parts, 0) : beside;
  if (layers === 0) return { layers, bytes: 0 };
  const share = layers === -1 ? 1 : layers / (parts.layers + 1);
  const vision = beside === 0 ? 0 : parts.vision;
  // Layers that stay behind need their scratch too.
  return { layers, bytes: Math.round(share * (parts.weights + parts.kv)) + (layers === -1 ? parts.compute : 0) + vision };
}

/** Whether a device has memory of its own. What an integrated one takes is taken from the computer's. */
export function hasOwnMemory({ kind, backend, freeBytes }: Pick<GpuDevice, 'kind' | 'backend' | 'freeBytes'>): boolean {
  return kind === 'gpu' && freeBytes > 0 && !/^(metal|mtl)/iu.test(backend);
}
