import { join } from 'node:path';
import { inject } from 'vitest';
import type { NativeBinding } from '../../electron/engine/nativeBinding.ts';
import { forgetfulBook } from '../../electron/engine/gpu/gpuDevices.ts';
import { loadPacks } from '../../electron/engine/gpu/loadPacks.ts';
import type { TestPlace } from '../../electron/engine/gpu/selfTest.ts';
import { openAddon, tinyReader } from '../native/nativeEngine.ts';
import { type CountKept, keepBuffers } from './keptBuffers.ts';
import { unlessRequired } from './unlessRequired.ts';

/** The addon with the Vulkan pack; `missing` says why the suite is skipped, empty when it is not. */
export interface VulkanAddon {
  readonly addon: NativeBinding;
  readonly missing: string;
}

/** @throws where there is no Vulkan and FACET_VULKAN_REQUIRED=1 says that there must be */
export function openPack(): VulkanAddon {
  const { folder, missing } = inject('vulkan');
  const addon = openAddon();
  if (missing !== '') return { addon, missing };
  const [problem = ''] = loadPacks(addon, { folder, loaded: new Set(), book: forgetfulBook, driver: 'of the tests' });
  return { addon, missing: problem === '' ? '' : unlessRequired(`${problem}; on Debian: apt-get install mesa-vulkan-drivers`) };
}

/** With the first Vulkan device, software drivers included. @throws as `openPack` */
export function openVulkan(): VulkanAddon & { readonly device: string; readonly kept: CountKept } {
  const { folder, keptBuffers, missing: unprepared } = inject('vulkan');
  // Left to itself, ggml leaves out devices of the kind CPU, which Mesa's software driver is.
  process.env['GGML_VK_VISIBLE_DEVICES'] ??= '0';
  // ggml needs subgroups of eight lanes, which the software driver has with vectors of 256 bits; with 128, where there is no AVX, pictures are 14 % off.
  process.env['LP_NATIVE_VECTOR_WIDTH'] ??= '256';
  // Mesa compiles the fused kernels for a minute longer; FACET_VULKAN_FUSED=1 runs them all the same.
  if (process.env['FACET_VULKAN_FUSED'] !== '1') process.env['GGML_VK_DISABLE_FUSION'] = '1';
  // Compiling the driver's programs is nearly all of the time, so they are kept.
  process.env['MESA_SHADER_CACHE_DIR'] ??= join(folder, 'mesa');
  const kept = unprepared === '' ? keepBuffers(keptBuffers) : () => 0;
  const { addon, missing } = openPack();
  const device = addon.devices().find(({ backend }) => backend === 'Vulkan')?.name ?? '';
  return { addon, device, kept, missing: missing === '' && device === '' ? unlessRequired('Vulkan has no device here') : missing };
}

export const placeAt = ({ addon }: Pick<VulkanAddon, 'addon'>, gpu: string, cacheType: 'f16' | 'q8_0' = 'f16'): TestPlace => ({
  model: tinyReader,
  gpu,
  cacheType,
  cancel: new addon.CancelFlag(),
});

/** What was measured is part of the run's output. */
export const tell = (line: string): void => void process.stderr.write(`vulkan: ${line}\n`);
