import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { releasedSizes } from '../../electron/shared/gemmaSizes.ts';
import { cacheMemory, estimateMemory } from '../../electron/shared/memoryEstimate.ts';
import type { ReleasedSize } from '../../electron/shared/models.ts';
import { weightBytes } from '../../electron/shared/weightBytes.ts';
import { trueTextSpec, writeHollow } from '../fakes/trueShapes.ts';
import { loadEngine, loadParams, openAddon, tinyReader } from './nativeEngine.ts';

// What the picker promises against what llama.cpp itself plans for a file of the true shape, and against what a loaded model takes.

const binding = openAddon();
const folder = mkdtempSync(join(tmpdir(), 'facet-shapes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each<ReleasedSize>(['270M', '4B', '27B'])('%s in Q4_0', (size) => {
  it('the estimate of each part is within 3 % of what llama.cpp plans', async () => {
    const path = join(folder, `${size}.gguf`);
    writeHollow(path, trueTextSpec(size));
    const engine = new binding.Engine();
    for (const contextTokens of [4096, releasedSizes[size].contextLimit]) {
      const planned = await engine.plan(loadParams({ textPath: path, projectorPath: null, contextTokens }));
      const estimate = estimateMemory({
        shape: releasedSizes[size],
        weights: weightBytes(size, 'Q4_0'),
        contextTokens,
        cacheType: 'f16',
        vision: null,
      });
      const parts = { weights: estimate.weights, kv: estimate.kvGlobal + estimate.kvWindow, compute: estimate.compute };
      for (const part of ['weights', 'kv', 'compute'] as const) {
        expect(
          Math.abs(parts[part] / planned[part] - 1),
          `${part} at ${String(contextTokens)}: ${String(parts[part])} for ${String(planned[part])}`,
        ).toBeLessThan(0.03);
      }
    }
  }, 60_000);
});

it.each([
  ['f16', 2.67],
  ['q8_0', 1.42],
] as const)(
  'the KV cache of a 4B with 131,072 tokens in %s takes what the formula says',
  async (cacheType, gibibytes) => {
    const path = join(folder, '4B-kv.gguf');
    writeHollow(path, trueTextSpec('4B'));
    const contextTokens = 131_072;
    const { kv } = await new binding.Engine().plan(loadParams({ textPath: path, projectorPath: null, contextTokens, cacheType }));
    const { kvGlobal, kvWindow } = cacheMemory(releasedSizes['4B'], contextTokens, cacheType);
    expect(Math.abs((kvGlobal + kvWindow) / kv - 1)).toBeLessThan(0.05);
    expect(kv / 1024 ** 3).toBeCloseTo(gibibytes, 2);
  },
  60_000,
);

it('a plan equals what the loaded model takes, and loads nothing', async () => {
  const { engine, loaded } = await loadEngine(binding);
  const { weights, kv, compute } = loaded.memory;
  expect(await engine.plan(loadParams({ ...tinyReader }))).toMatchObject({ weights, kv, compute, layers: 6 });
  expect((await engine.tokenize([{ kind: 'text', text: '12' }])).ids.length).toBeGreaterThan(0);
});

it('weights that were rearranged for the processor are counted once, and their pages of the file are given back', async () => {
  const path = join(folder, 'rearranged.gguf');
  // Over 1 GiB: a smaller model reads one token as it is loaded, which brings back what lies around the pages that it uses.
  writeHollow(path, trueTextSpec('4B', 10));
  const params = loadParams({ textPath: path, projectorPath: null, contextTokens: 512 });
  const engine = new binding.Engine();
  const { memory } = await engine.load(params, new binding.CancelFlag(), () => undefined);
  try {
    expect(memory.weights).toBe((await engine.plan(params)).weights);
    // A processor whose loops want them as they are in the file reads them there.
    if (process.platform !== 'linux' || memory.mapped === memory.weights) return;
    expect(residentOf(path)).toBeLessThan(8 << 20);
  } finally {
    await engine.unload();
  }
}, 60_000);

/** Bytes of a file that lie in this process's memory. */
function residentOf(path: string): number {
  const maps = readFileSync('/proc/self/smaps', 'utf8').split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/u);
  const sizes = maps.filter((map) => map.split('\n')[0]?.endsWith(path)).map((map) => Number(/^Rss:\s+(\d+)/mu.exec(map)?.[1] ?? 0));
  return sizes.reduce((sum, kilobytes) => sum + kilobytes * 1024, 0);
}
