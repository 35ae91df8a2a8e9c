import { release } from 'node:os';
import { expect, test } from 'vitest';
import { openAddon } from './nativeEngine.ts';

const engine = new (openAddon().Engine)();

/** Linux gives pages at once since 5.14. */
const [major = 0, minor = 0] = release().split('.').map(Number);
const givesPages = process.platform === 'linux' && (major > 5 || (major === 5 && minor >= 14));

test('pages that are given at once hold what was in them before', async () => {
  const bytes = Uint8Array.from({ length: 9_000_001 }, (_, index) => (index * 31) % 251);
  const before = bytes.slice();
  await engine.populate(bytes.subarray(4097));
  expect(Buffer.compare(bytes, before)).toBe(0);
  await engine.populate(new Uint8Array(0));
  await engine.populate(new Uint8Array(1));
});

test.runIf(givesPages)('filling memory whose pages were given at once brings no more of them', async () => {
  const size = 64 * 1024 * 1024;
  const faultsOfFilling = (fresh: Uint8Array): number => {
    const before = process.resourceUsage().minorPageFault;
    fresh.fill(1);
    return process.resourceUsage().minorPageFault - before;
  };
  const untouched = faultsOfFilling(new Uint8Array(size));
  const given = new Uint8Array(size);
  await engine.populate(given);
  expect(faultsOfFilling(given)).toBeLessThan(untouched / 4);
});

test('what is no array of bytes is refused', async () => {
  await expect((async () => engine.populate(new Float64Array(4) as unknown as Uint8Array))()).rejects.toMatchObject({
    code: 'invalidRequest',
  });
});
