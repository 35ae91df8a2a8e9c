import { expect, inject, test } from 'vitest';
import { openAddon } from '../native/nativeEngine.ts';
import { loadVulkanPack } from './vulkanAddon.ts';

test.skipIf(inject('vulkan').missing !== '')('a software driver is no device unless it is asked for', () => {
  delete process.env['GGML_VK_VISIBLE_DEVICES'];
  const addon = openAddon();
  loadVulkanPack(addon);
  const devices = addon.devices();
  expect(devices.map(({ kind }) => kind)).toContain('cpu');
  expect(devices.filter(({ backend, description }) => backend === 'Vulkan' && /llvmpipe|SwiftShader/u.test(description))).toEqual([]);
});
