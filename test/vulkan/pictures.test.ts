import { expect, test } from 'vitest';
import { computePicture, mostError, relativeError } from '../../electron/engine/gpu/selfTest.ts';
import { openVulkan, placeAt, tell } from './vulkanAddon.ts';

const vulkan = openVulkan();

test.skipIf(vulkan.missing !== '')('a picture on Vulkan is a picture on the CPU', async () => {
  const exact = await computePicture(vulkan.addon, placeAt(vulkan, 'off'));
  const tested = await computePicture(vulkan.addon, placeAt(vulkan, vulkan.device));
  const picture = relativeError(exact.picture, tested.picture);
  const logits = relativeError(exact.textAndPicture, tested.textAndPicture);
  tell(`on ${vulkan.device} against the CPU: embedding ${picture.toExponential(1)}, logits after it ${logits.toExponential(1)}`);
  expect(picture).toBeLessThan(mostError);
  expect(logits).toBeLessThan(mostError);
  expect(picture).toBeGreaterThan(0);
  // Graphs of several sizes have buffers destroyed: none kept would mean that the driver's fault is not kept out.
  expect(vulkan.kept()).toBeGreaterThan(0);
});
