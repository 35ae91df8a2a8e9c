import { beforeEach, describe, expect, test } from 'vitest';
import type { PromptPart } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { labels, viewOf } from './labels.ts';
import { control, greedy, image, loadEngine, openAddon, text, tokens, turnEnd, turnStart } from './nativeEngine.ts';
import { largestDifference, noiseOf, readAfresh } from './rewindNoise.ts';

// Every way to go back in a chat, compared with reading the prompt afresh.

const addon = openAddon();
let engine: NativeEngine;
let [firstView, secondView] = ['', ''];
beforeEach(async () => {
  ({ engine } = await loadEngine(addon, { contextTokens: 2048 }));
  const views = await Promise.all(labels.slice(0, 2).map(({ file }) => viewOf(file, 112)));
  for (const { key, rgb } of views) await engine.encode(key, 112, rgb, new addon.CancelFlag());
  [firstView = '', secondView = ''] = views.map(({ key }) => key);
});

/** Deterministic words of the tiny vocabulary, a token each; `seed` makes texts differ. */
const words = (count: number, seed: number): string => {
  const keys = ['Total', 'Date', 'Name', 'Room', 'Code', 'Price', 'Tax', 'Phone', 'Gate', 'Seat'];
  return Array.from({ length: count }, (_, index) => keys[(index * 7 + seed + index * index) % keys.length]).join('');
};
const view = (key: string): readonly PromptPart[] => [control('\n\n<start_of_image>'), image(key), control('<end_of_image>\n\n')];
const question = (content: string, pictures: readonly PromptPart[] = []): readonly PromptPart[] => [
  control(turnStart),
  ...pictures,
  text(content),
  control(turnEnd),
];
const turn = (seed: number, pictures: readonly PromptPart[] = []): readonly PromptPart[] => [
  ...question(words(75, seed), pictures),
  text(words(75, seed + 1)),
  control('<end_of_turn>\n'),
];
const turns = (count: number): readonly PromptPart[] => Array.from({ length: count }, (_, index) => turn(index * 2)).flat();

/** Reads `before`, then `parts` with what memory gives. */
async function goBack(
  before: readonly PromptPart[],
  parts: readonly PromptPart[],
): Promise<{ readonly cached: number; readonly logits: Float32Array }> {
  await engine.forget();
  await engine.logits(before);
  const { logits, cachedTokens } = await engine.logits(parts);
  return { cached: cachedTokens, logits };
}

/** Ten turns of 160 tokens, then a question. */
const chat = [...turns(10), ...question(words(100, 90))];

describe('to the bit, where at least 64 tokens are read', () => {
  const pictured = (key: string, ending: number): readonly PromptPart[] => [
    ...turns(2),
    ...turn(50, view(key)),
    ...turn(60),
    ...question(words(100, ending)),
  ];
  test.each<[string, () => readonly PromptPart[], () => readonly PromptPart[], number]>([
    ['the last question edited', () => chat, () => [...turns(10), ...question(words(100, 91))], 1500],
    ['an earlier message edited', () => chat, () => [...turns(4), ...turn(95), ...turn(96), ...question(words(100, 90))], 600],
    ['a branch at turn 3 of 10', () => chat, () => [...turns(2), ...question(words(100, 97))], 300],
    ['another question after a picture', () => pictured(firstView, 70), () => pictured(firstView, 71), 600],
    [
      'a branch right after a picture',
      () => pictured(firstView, 70),
      () => [...turns(2), ...question(words(90, 98), view(firstView))],
      300,
    ],
    ['another picture', () => pictured(firstView, 70), () => pictured(secondView, 70), 300],
  ])('%s', async (_name, before, after, atLeast) => {
    const { cached, logits } = await goBack(before(), after());
    expect(cached).toBeGreaterThanOrEqual(atLeast);
    expect(largestDifference(logits, await readAfresh(engine, after()))).toBe(0);
  });

  test('the end of the prompt after an answer of 300 tokens, where nothing is read', async () => {
    const right = await readAfresh(engine, chat);
    const sampling = { ...greedy, temperature: 2, topP: 1, topK: 1000, seed: 3 };
    await engine.forget();
    await engine.run({ runId: 'a', parts: chat, sampling, maxTokens: 300, stopTexts: [] }, new addon.CancelFlag(), () => undefined);
    const { logits, cachedTokens } = await engine.logits(chat);
    const { tokens: pairs } = await engine.prospect(chat);
    expect(cachedTokens).toBe(pairs.length / 2);
    expect(largestDifference(logits, right)).toBe(0);
  });
});

describe('to the bit, however short the question', () => {
  const document: readonly PromptPart[] = [control(turnStart), text(words(900, 40))];
  const ask = (seed: number): readonly PromptPart[] => [...document, text(words(9, seed)), control(turnEnd)];

  test('another question on a document', async () => {
    const right = await readAfresh(engine, ask(1));
    await engine.run(
      { runId: 'a', parts: ask(2), sampling: greedy, maxTokens: 20, stopTexts: [] },
      new addon.CancelFlag(),
      () => undefined,
    );
    const { logits, cachedTokens } = await engine.logits(ask(1));
    expect(cachedTokens).toBeGreaterThan(900);
    expect(largestDifference(logits, right)).toBe(0);
  });

  test('one on a document whose state was copied out and taken up again', async () => {
    const right = await readAfresh(engine, ask(1));
    const sampling = { ...greedy, temperature: 2, topP: 1, topK: 1000, seed: 3 };
    const run = { runId: 'a', parts: ask(2), sampling, maxTokens: 200, stopTexts: [], owner: 'chat' };
    await engine.run(run, new addon.CancelFlag(), () => undefined);
    const shape = await engine.stateShape('chat');
    if (shape === null) throw new Error('no state');
    const data = new Uint8Array(shape.checkpoints.reduce((sum, { bytes }) => sum + bytes, shape.stateBytes));
    const positions = shape.checkpoints.map(({ position }) => position);
    await engine.copyState('chat', positions, data);
    await engine.forget();
    await engine.adoptState({ ...shape, data });
    const { logits, cachedTokens } = await engine.logits(ask(1));
    expect(cachedTokens).toBeGreaterThan(900);
    expect(largestDifference(logits, right)).toBe(0);
  });
});

describe('within what fresh reads differ among themselves, where fewer are read or answers were written', () => {
  let noise = 0;
  beforeEach(async () => {
    if (noise === 0) noise = await noiseOf(engine, chat);
  });

  test('and a lost window would be seen', async () => {
    const right = await readAfresh(engine, chat);
    // The last words before the question are others: as if a rewind had left the window of another branch.
    const wrong = await readAfresh(engine, [...turns(9), ...turn(80), ...question(words(100, 90))]);
    expect(largestDifference(right, wrong)).toBeGreaterThan(4 * noise);
  });

  test.each<[string, readonly PromptPart[], number]>([
    ['a short question in the last one’s place', [...turns(10), ...question(words(9, 91))], 1500],
    [
      'the last words of the question edited',
      [...turns(10), control(turnStart), text(words(95, 90) + words(5, 4)), control(turnEnd)],
      1600,
    ],
    ['a short branch at turn 3 of 10', [...turns(2), ...question(words(9, 97))], 300],
  ])('%s', async (_name, after, atLeast) => {
    const { cached, logits } = await goBack(chat, after);
    expect(cached).toBeGreaterThanOrEqual(atLeast);
    expect(largestDifference(logits, await readAfresh(engine, after))).toBeLessThan(2 * noise);
  });

  test('another chat and back', async () => {
    await readAfresh(engine, chat, question(words(1200, 99)));
    const next = [...chat, ...question(words(100, 89))];
    const { logits, cachedTokens } = await engine.logits(next);
    expect(cachedTokens).toBeGreaterThanOrEqual(1500);
    // Its cells come back in another order, and sums depend on it.
    expect(largestDifference(logits, await readAfresh(engine, next))).toBeLessThan(2 * noise);
  });

  test('a branch at turn 3 of ten turns that were really answered: what a chat of two turns gives', async () => {
    const answer = async (parts: readonly PromptPart[], seed: number): Promise<readonly PromptPart[]> => {
      const sampling = { ...greedy, temperature: 1.5, topP: 1, topK: 1000, seed };
      const run = { runId: 'a', parts, sampling, maxTokens: 60, stopTexts: [] };
      const { ids } = await engine.run(run, new addon.CancelFlag(), () => undefined);
      return [...parts, tokens(ids), control('<end_of_turn>\n')];
    };
    const talk = async (count: number): Promise<readonly PromptPart[]> => {
      let parts: readonly PromptPart[] = [];
      for (let index = 0; index < count; index++) parts = await answer([...parts, ...question(words(90, index))], index);
      return parts;
    };
    await talk(10);
    await engine.forget();
    const two = await talk(2);
    const branch = [...two, ...question(words(100, 97))];
    const right = (await engine.logits(branch)).logits;
    await engine.forget();
    await talk(10);
    const { logits, cachedTokens } = await engine.logits(branch);
    expect(cachedTokens).toBeGreaterThan(180);
    expect(largestDifference(logits, right)).toBeLessThan(2 * noise);
  });
});
