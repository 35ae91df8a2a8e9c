import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineSampling, PromptPart, RunParams, RunResult } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { control, greedy, loadEngine, openAddon, text, tokens, turnEnd, turnStart } from './nativeEngine.ts';
import { largestDifference } from './rewindNoise.ts';

// Whether drafts change an answer: never where `auto` reads them. That is so where a token has the same bits in a batch of a few as alone, which Facet's
// own CPU library sees to; with a prebuilt one `auto` must read none.

const addon = openAddon();
const list = 'TotalDateNameRoomCodePriceTaxPhoneGateSeat';
const copying: readonly PromptPart[] = [control(turnStart), text(list.repeat(30)), control(turnEnd), text(list)];
const drawn = (seed: number, temperature: number): EngineSampling => ({ temperature, topK: 64, topP: 0.95, minP: 0, seed });

describe.each(['f16', 'q8_0'] as const)('a cache of %s', (cacheType) => {
  let engine: NativeEngine;
  let exact = false;
  beforeAll(async () => {
    ({ engine } = await loadEngine(addon, { projectorPath: null, cacheType, contextTokens: 2048 }));
    exact = (await engine.batchDifferences()).length === 0;
  });
  const run = (change: Partial<RunParams>): Promise<Omit<RunResult, 'takeUpMs'>> =>
    engine.run(
      { runId: 'a', parts: copying, sampling: greedy, maxTokens: 60, stopTexts: [], ...change },
      new addon.CancelFlag(),
      () => undefined,
    );
  /** @returns how many drafts were read */
  const sameAnswer = async (change: Partial<RunParams>): Promise<number> => {
    await engine.forget();
    const plain = await run({ ...change, lookup: 'off' });
    await engine.forget();
    const drafted = await run({ ...change, lookup: exact ? 'always' : 'auto' });
    expect(drafted.ids).toEqual(plain.ids);
    expect(drafted.text).toBe(plain.text);
    return drafted.drafted;
  };

  test('two dozen answers are the same with drafts and without', async () => {
    let read = 0;
    for (let seed = 1; seed <= 24; seed += 1) {
      const sampling = seed % 4 === 0 ? greedy : drawn(seed, 0.4 * (seed % 4));
      read += await sameAnswer({ sampling, parts: [...copying, text(list.slice(0, seed))] });
    }
    if (exact) expect(read).toBeGreaterThan(100);
    else expect(read).toBe(0);
  });

  test('so is a long one, over the end of the window’s ring of cells and back', async () => {
    const read = await sameAnswer({ maxTokens: 1400, sampling: drawn(5, 1.2) });
    if (exact) expect(read).toBeGreaterThan(100);
    else expect(read).toBe(0);
  });
});

// Two threads share one core on a busy machine, so this reads little.
test.each([
  { cacheType: 'f16', threads: 1 },
  { cacheType: 'f16', threads: 2 },
  { cacheType: 'q8_0', threads: 2 },
] as const)('a token has the bits in a batch that it has alone: $cacheType, $threads threads', async ({ cacheType, threads }) => {
  const { engine } = await loadEngine(addon, { projectorPath: null, cacheType, threads, contextTokens: 1024 });
  const exact = (await engine.batchDifferences()).length === 0;
  const { ids } = await engine.tokenize([text(list)]);
  // The last tokens are over the end of a block of 256 cells, where the tensors grow.
  const before = [control(turnStart), text('Seat'.repeat(758))];
  const next = (length: number): readonly PromptPart[] => [...before, tokens(ids.slice(1, 1 + length))];
  await engine.logits(before);
  const beforeLength = (await engine.prospect(before)).tokens.length / 2;
  const alone: Float32Array[] = [];
  for (let length = 1; length <= 8; length += 1) alone.push((await engine.logits(next(length))).logits);
  for (const count of [2, 5, 8]) {
    await engine.forget();
    await engine.logits(before);
    const together = await engine.logits(next(count));
    expect(together.cachedTokens).toBe(beforeLength);
    const difference = largestDifference(alone[count - 1] ?? new Float32Array(), together.logits);
    if (exact) expect(difference).toBe(0);
  }
});

test('with a cache of 32 bits, where batches round otherwise, auto reads no drafts', async () => {
  const { engine } = await loadEngine(addon, { projectorPath: null, cacheType: 'f32', contextTokens: 1024 });
  expect(await engine.batchDifferences()).toEqual(['attention']);
  const params: RunParams = { runId: 'a', parts: copying, sampling: greedy, maxTokens: 40, stopTexts: [], lookup: 'auto' };
  const { drafted } = await engine.run(params, new addon.CancelFlag(), () => undefined);
  expect(drafted).toBe(0);
});
