import { beforeAll, expect, test } from 'vitest';
import type { EngineSampling, PromptPart, RunParams, RunResult } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { control, greedy, loadEngine, openAddon, text, tokens, turnEnd, turnStart } from './nativeEngine.ts';

/** As the addon gives it, which knows nothing of states on disk. */
type WithoutFiles = Omit<RunResult, 'takeUpMs'>;

const addon = openAddon();
let engine: NativeEngine;
// Without flash attention a batch rounds nearly like single tokens, so that even what is drawn by chance must be equal to the token.
beforeAll(async () => {
  ({ engine } = await loadEngine(addon, { projectorPath: null, cacheType: 'f32', contextTokens: 1024 }));
});

const run = (change: Partial<RunParams>): Promise<WithoutFiles> =>
  engine.run(
    { runId: 'a', parts: copying, sampling: greedy, maxTokens: 40, stopTexts: [], ...change },
    new addon.CancelFlag(),
    () => undefined,
  );

const list = 'TotalDateNameRoomCodePriceTaxPhoneGateSeat';
const copying: readonly PromptPart[] = [control(turnStart), text(list.repeat(4)), control(turnEnd), text(list)];
const drawn = (seed: number, temperature: number): EngineSampling => ({ temperature, topK: 64, topP: 0.95, minP: 0, seed });

/** What both ways must have in common; the counts of drafts differ by what each step took. */
const answer = ({ text: written, ids, stopReason, promptTokens }: WithoutFiles): object => ({ written, ids, stopReason, promptTokens });

async function both(change: Partial<RunParams>): Promise<{ readonly plain: WithoutFiles; readonly drafted: WithoutFiles }> {
  const plain = await run({ ...change, lookup: 'off' });
  const drafted = await run({ ...change, lookup: 'always' });
  expect(answer(drafted)).toEqual(answer(plain));
  expect(plain).toMatchObject({ drafted: 0, accepted: 0 });
  return { plain, drafted };
}

/** The cache after a run holds exactly what an answer that was read token by token leaves, with the same logits. */
async function expectSoundCache(parts: readonly PromptPart[], { ids, promptTokens, stopReason }: WithoutFiles): Promise<void> {
  const onwards = [...parts, tokens(ids), text('Name')];
  const reused = await engine.logits(onwards);
  expect(reused.cachedTokens).toBe(promptTokens + ids.length - (stopReason === 'maxTokens' ? 1 : 0));
  await engine.forget();
  const fresh = await engine.logits(onwards);
  expect(Math.max(...reused.logits.map((value, index) => Math.abs(value - (fresh.logits[index] ?? 0))))).toBeLessThan(0.02);
}

test('a copying answer is drafted, and is the same', async () => {
  const { drafted } = await both({});
  expect(drafted.accepted).toBeGreaterThan(0);
  await expectSoundCache(copying, drafted);
});

test.each([0.5, 1])('so is one that is drawn by chance at temperature %d', async (temperature) => {
  let read = 0;
  for (let seed = 1; seed <= 6; seed += 1) read += (await both({ sampling: drawn(seed, temperature) })).drafted.drafted;
  expect(read).toBeGreaterThan(0);
});

test('wherever the answer is cut off', async () => {
  for (let maxTokens = 1; maxTokens <= 24; maxTokens += 1) {
    const { drafted } = await both({ maxTokens });
    expect(drafted.ids).toHaveLength(maxTokens);
    await expectSoundCache(copying, drafted);
  }
});

test('wherever a stop text ends it, the next prompt finds the same state', async () => {
  // The answer is one word again and again.
  const { text: whole } = await run({ lookup: 'off' });
  for (const length of [5, 23, 61, 90]) {
    const stopTexts = [whole.slice(0, length)];
    const { drafted } = await both({ stopTexts, parts: [...copying, text('Seat')] });
    expect(drafted).toMatchObject({ text: '', stopReason: 'stopText' });
  }
});

test('where the context is full', async () => {
  const parts = [control(turnStart), text(list.repeat(100)), text('Seat'.repeat(8))];
  const { drafted } = await both({ parts, maxTokens: 1000 });
  expect(drafted.stopReason).toBe('contextFull');
});

test('inside quotation marks what must come next is drafted, over the ends of lines too, and what the model ends is taken back', async () => {
  const page = 'Total Date Name Room Code\nPrice Tax Phone Gate Seat';
  let [read, accepted] = [0, 0];
  for (let seed = 1; seed <= 12; seed += 1) {
    const opening = seed % 2 === 0 ? '“' : '"';
    const parts = [text(`${page} Say: ${opening}`)];
    const { drafted } = await both({ parts, quotes: { texts: [page], before: opening }, sampling: drawn(seed, 2), stopTexts: ['”', '"'] });
    await expectSoundCache(parts, drafted);
    read += drafted.drafted;
    accepted += drafted.accepted;
  }
  expect(accepted).toBeGreaterThan(4);
  expect(read).toBeGreaterThan(accepted);
});

test('cancelling while drafts are read leaves a sound cache', async () => {
  const cancel = new addon.CancelFlag();
  const parts = [control(turnStart), text('Seat'.repeat(60))];
  const params: RunParams = { runId: 'a', parts, sampling: greedy, maxTokens: 900, stopTexts: [], lookup: 'always' };
  const result = await engine.run(params, cancel, (name) => {
    if (name === 'wrote') cancel.set();
  });
  expect(result.stopReason).toBe('cancelled');
  const onwards = [...parts, tokens(result.ids.slice(0, -1)), text('Name')];
  const reused = await engine.logits(onwards);
  await engine.forget();
  const fresh = await engine.logits(onwards);
  expect(Math.max(...reused.logits.map((value, index) => Math.abs(value - (fresh.logits[index] ?? 0))))).toBeLessThan(0.02);
});
