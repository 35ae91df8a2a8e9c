import type { GpuOverview } from '../../electron/shared/gpu.ts';

/** A computer with one card whose pack is there, and without NVIDIA's driver. */
export const exampleGpus: GpuOverview = {
  devices: [
    {
      name: 'Vulkan0',
      description: 'Radeon RX 7600',
      backend: 'Vulkan',
      kind: 'gpu',
      totalBytes: 8_573_157_376,
      freeBytes: 7_800_000_000,
      standing: 'sound',
      fault: '',
    },
    {
      name: 'CPU',
      description: 'Ryzen 7 7700',
      backend: 'CPU',
      kind: 'cpu',
      totalBytes: 33_000_000_000,
      freeBytes: 20_000_000_000,
      standing: 'sound',
      fault: '',
    },
  ],
  packs: [
    { name: 'cuda', installed: false, downloadBytes: 142_898_030, diskBytes: 158_993_272, missing: ['libcuda.so.1'] },
    { name: 'vulkan', installed: true, downloadBytes: 24_311_427, diskBytes: 43_255_472, missing: [] },
  ],
  problems: [],
};
