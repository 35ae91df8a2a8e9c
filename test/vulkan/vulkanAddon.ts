import { join } from 'node:path';
import { inject } from 'vitest';
import type { NativeBinding } from '../../electron/engine/nativeBinding.ts';
import { forgetfulBook } from '../../electron/engine/gpu/gpuDevices.ts';
import { loadPacks } from '../../electron/engine/gpu/loadPacks.ts';
import type { TestPlace } from '../../electron/engine/gpu/selfTest.ts';
import { openAddon, tinyReader } from '../native/nativeEngine.ts';
import { type CountKept, keepBuffers } from './keptBuffers.ts';

/** The addon with the Vulkan pack, and the first Vulkan device; empty where `missing` says why the suite is skipped. */
export interface VulkanAddon {
  readonly addon: NativeBinding;
  readonly device: string;
  readonly missing: string;
  readonly kept: CountKept;
}

/** The addon with the Vulkan pack and its first device, software drivers included. @throws where the pack is there and has no device */
export function openVulkan(): VulkanAddon {
  const { folder, keptBuffers, missing } = inject('vulkan');
  const addon = openAddon();
  if (missing !== '') return { addon, device: '', missing, kept: () => 0 };
  // Left to itself, ggml leaves out devices of the kind CPU, which Mesa's software driver is.
  process.env['GGML_VK_VISIBLE_DEVICES'] ??= '0';
  // Mesa compiles the fused kernels for a minute longer; FACET_VULKAN_FUSED=1 runs them all the same.
  if (process.env['FACET_VULKAN_FUSED'] !== '1') process.env['GGML_VK_DISABLE_FUSION'] = '1';
  // Compiling the driver's programs is nearly all of the time, so they are kept.
  process.env['MESA_SHADER_CACHE_DIR'] ??= join(folder, 'mesa');
  const kept = keepBuffers(keptBuffers);
  loadVulkanPack(addon);
  const device = addon.devices().find(({ backend }) => backend === 'Vulkan');
  if (device === undefined) throw new Error('Vulkan has no device here; on Debian: apt-get install mesa-vulkan-drivers');
  return { addon, device: device.name, missing, kept };
}

/** @throws when the pack cannot be used */
export function loadVulkanPack(addon: NativeBinding): void {
  const { folder } = inject('vulkan');
  const problems = loadPacks(addon, { folder, loaded: new Set(), book: forgetfulBook, driver: 'of the tests' });
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

export const placeAt = ({ addon }: VulkanAddon, gpu: string, cacheType: 'f16' | 'q8_0' = 'f16'): TestPlace => ({
  model: tinyReader,
  gpu,
  cacheType,
  cancel: new addon.CancelFlag(),
});

/** What was measured is part of the run's output. */
export const tell = (line: string): void => void process.stderr.write(`vulkan: ${line}\n`);
