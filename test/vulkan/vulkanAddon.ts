import { join } from 'node:path';
import { inject } from 'vitest';
import type { NativeBinding } from '../../electron/engine/nativeBinding.ts';
import { openDeviceBook } from '../../electron/engine/gpu/deviceBook.ts';
import { loadPacks } from '../../electron/engine/gpu/loadPacks.ts';
import type { TestPlace } from '../../electron/engine/gpu/selfTest.ts';
import { openAddon, tinyReader } from '../native/nativeEngine.ts';

/** The addon with the Vulkan pack, and the first Vulkan device; the reason when there is none. */
export interface VulkanAddon {
  readonly addon: NativeBinding;
  readonly device: string;
  readonly missing: string;
}

export function openVulkan(): VulkanAddon {
  const { folder, missing } = inject('vulkan');
  // Left to itself, ggml leaves out devices of the kind CPU, which Mesa's software driver is.
  process.env['GGML_VK_VISIBLE_DEVICES'] ??= '0';
  // Mesa compiles the fused kernels for a minute longer; FACET_VULKAN_FUSED=1 runs them all the same.
  if (process.env['FACET_VULKAN_FUSED'] !== '1') process.env['GGML_VK_DISABLE_FUSION'] = '1';
  // Compiling the driver's programs is nearly all of the time, so they are kept.
  process.env['MESA_SHADER_CACHE_DIR'] ??= join(folder, 'mesa');
  const addon = openAddon();
  if (missing !== '') return { addon, device: '', missing };
  const problems = loadPacks(addon, { folder, loaded: new Set(), book: openDeviceBook(`${folder}/tests`), driver: 'of the tests' });
  const device = addon.devices().find(({ backend }) => backend === 'Vulkan');
  return { addon, device: device?.name ?? '', missing: device === undefined ? (problems[0] ?? 'Vulkan has no device here.') : '' };
}

export const placeAt = ({ addon }: VulkanAddon, gpu: string, cacheType: 'f16' | 'q8_0' = 'f16'): TestPlace => ({
  model: tinyReader,
  gpu,
  cacheType,
  cancel: new addon.CancelFlag(),
});

/** What was measured is part of the run's output. */
export const tell = (line: string): void => void process.stderr.write(`vulkan: ${line}\n`);
