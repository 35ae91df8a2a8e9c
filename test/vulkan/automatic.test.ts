import { expect, test } from 'vitest';
import { openPack } from './vulkanAddon.ts';

delete process.env['GGML_VK_VISIBLE_DEVICES'];
const { addon, missing } = openPack();

// The pack does not load where there is no driver, so there is one that could have been taken.
test.skipIf(missing !== '')('a software driver is no device unless it is asked for', () => {
  const devices = addon.devices();
  expect(devices.map(({ kind }) => kind)).toContain('cpu');
  expect(devices.filter(({ backend, description }) => backend === 'Vulkan' && /llvmpipe|SwiftShader/u.test(description))).toEqual([]);
});
