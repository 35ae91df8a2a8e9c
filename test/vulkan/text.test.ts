import { expect, test } from 'vitest';
import { computeText, mostCacheError, mostError, relativeError } from '../../electron/engine/gpu/selfTest.ts';
import { openVulkan, placeAt, tell } from './vulkanAddon.ts';

const vulkan = openVulkan();

// One file for text and one for pictures: the driver compiles its programs on one core, and a file has a process of its own.
test.skipIf(vulkan.missing !== '')('text on Vulkan is text on the CPU', async () => {
  const exact = await computeText(vulkan.addon, placeAt(vulkan, 'off'));
  const tested = await computeText(vulkan.addon, placeAt(vulkan, vulkan.device));
  const [text, nextToken] = [relativeError(exact.text, tested.text), relativeError(exact.nextToken, tested.nextToken)];
  tell(`logits on ${vulkan.device} against the CPU: text ${text.toExponential(1)}, next token ${nextToken.toExponential(1)}`);
  expect(text).toBeLessThan(mostError);
  expect(nextToken).toBeLessThan(mostError);
  // Devices round, so equal numbers would mean that the CPU computed both.
  expect(text).toBeGreaterThan(0);

  const cached = await computeText(vulkan.addon, placeAt(vulkan, vulkan.device, 'q8_0'));
  const cacheError = relativeError(exact.nextToken, cached.nextToken);
  tell(`with a q8_0 cache: next token ${cacheError.toExponential(1)}`);
  expect(cacheError).toBeLessThan(mostCacheError);
});
