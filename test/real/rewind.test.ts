import { beforeAll, describe, expect, test } from 'vitest';
import type { PromptPart } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { control, loadEngine, openAddon, text, tokens } from '../native/nativeEngine.ts';
import { realLoad } from './realModel.ts';

const addon = openAddon();
let engine: NativeEngine;
beforeAll(async () => {
  ({ engine } = await loadEngine(addon, realLoad({ threads: 2 })));
});

const story = (part: number): string =>
  `Chapter ${String(part)}. The garden has old trees, a stone bench and a small pond with fish number ${String(part)}. `;
const chapters = (from: number, to: number): PromptPart =>
  text(Array.from({ length: to - from }, (_, index) => story(from + index)).join(''));

/** Share of the ten best tokens that both rows agree on, and the largest difference among them. */
function compare(a: Float32Array, b: Float32Array): { readonly agreement: number; readonly difference: number } {
  const best = (row: Float32Array): readonly number[] =>
    [...row.keys()].toSorted((left, right) => (row[right] ?? 0) - (row[left] ?? 0)).slice(0, 10);
  const [bestOfA, bestOfB] = [best(a), best(b)];
  return {
    agreement: bestOfA.filter((token) => bestOfB.includes(token)).length / 10,
    difference: Math.max(...bestOfA.map((token) => Math.abs((a[token] ?? 0) - (b[token] ?? 0)))),
  };
}

/** Reads `before`, then `parts` with what the cache still gives, then `parts` afresh. */
async function check(
  before: readonly PromptPart[],
  parts: readonly PromptPart[],
): Promise<{ readonly cached: number; readonly agreement: number; readonly difference: number }> {
  await engine.logits(before);
  const reused = await engine.logits(parts);
  await engine.forget();
  const fresh = await engine.logits(parts);
  return { cached: reused.cachedTokens, ...compare(reused.logits, fresh.logits) };
}

describe('going back in a 3,000-token prompt gives what a fresh read gives', () => {
  // A lost window moves logits by whole units; other batch sizes by a few tenths, because activations are rounded to 8 bits.
  const noise = 0.8;
  test.each([
    { chaptersKept: 119, atLeast: 2500 },
    { chaptersKept: 100, atLeast: 2000 },
    { chaptersKept: 60, atLeast: 0 },
    { chaptersKept: 10, atLeast: 0 },
  ])('to chapter $chaptersKept', async ({ chaptersKept, atLeast }) => {
    const start = control('Document: ');
    const { cached, agreement, difference } = await check(
      [start, chapters(0, 120)],
      [start, chapters(0, chaptersKept), text('Suddenly a stranger')],
    );
    expect(cached).toBeGreaterThanOrEqual(atLeast);
    expect(difference).toBeLessThan(noise);
    expect(agreement).toBeGreaterThanOrEqual(0.8);
  });

  test('to a turn far back, from its checkpoint', async () => {
    const turns = [0, 1, 2, 3].map((turn) => chapters(turn * 30, turn * 30 + 30));
    const { cached, agreement, difference } = await check(turns, [...turns.slice(0, 2), text('Suddenly a stranger')]);
    expect(cached).toBeGreaterThan(1000);
    expect(difference).toBeLessThan(noise);
    expect(agreement).toBeGreaterThanOrEqual(0.8);
  });

  test('to the end of the prompt after a long answer', async () => {
    const parts = [control('Document: '), chapters(0, 20), control('\nSummary:')];
    const sampling = { temperature: 1, topK: 64, topP: 0.95, minP: 0, seed: 5 };
    const run = { runId: 'a', parts, sampling, maxTokens: 700, stopTexts: [] };
    const long = await engine.run(run, new addon.CancelFlag(), () => undefined);
    expect(long.ids.length).toBeGreaterThan(600);
    const again = await engine.run({ ...run, maxTokens: 1 }, new addon.CancelFlag(), () => undefined);
    expect(again.cachedTokens).toBe(again.promptTokens);
    expect(again.ids[0]).toBe(long.ids[0]);
    const onwards = [...parts, tokens(long.ids.slice(0, 40))];
    const reused = await engine.logits(onwards);
    await engine.forget();
    const fresh = await engine.logits(onwards);
    expect(reused.cachedTokens).toBe(again.promptTokens);
    const { agreement, difference } = compare(reused.logits, fresh.logits);
    expect(difference).toBeLessThan(noise);
    expect(agreement).toBeGreaterThanOrEqual(0.8);
  });
});
