import { beforeEach, describe, expect, test } from 'vitest';
import type { PromptPart, RunResult } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { labels, viewOf } from './labels.ts';
import { control, greedy, image, loadEngine, openAddon, text, tokens, turnEnd, turnStart } from './nativeEngine.ts';

const addon = openAddon();
let engine: NativeEngine;
beforeEach(async () => {
  ({ engine } = await loadEngine(addon));
});

const run = (parts: readonly PromptPart[], maxTokens = 6): Promise<Omit<RunResult, 'takeUpMs'>> =>
  engine.run({ runId: 'a', parts, sampling: greedy, maxTokens, stopTexts: [] }, new addon.CancelFlag(), () => undefined);

/** Deterministic words of the tiny vocabulary; `seed` makes texts differ. */
const words = (count: number, seed: number): string => {
  const keys = ['Total', 'Date', 'Name', 'Room', 'Code', 'Price', 'Tax', 'Phone', 'Gate', 'Seat'];
  return Array.from({ length: count }, (_, index) => keys[(index * 7 + seed + index * index) % keys.length]).join('');
};

/** Largest difference between the logits the cache gives and those of a fresh read of the same prompt. */
async function differenceToFresh(parts: readonly PromptPart[]): Promise<{ readonly difference: number; readonly cached: number }> {
  const reused = await engine.logits(parts);
  await engine.forget();
  const fresh = await engine.logits(parts);
  expect(fresh.cachedTokens).toBe(0);
  return {
    difference: Math.max(...reused.logits.map((value, index) => Math.abs(value - (fresh.logits[index] ?? 0)))),
    cached: reused.cachedTokens,
  };
}

/** Batches of other sizes round differently; a lost window shows as tenths to whole units. */
const noise = 0.02;

test('each of ten turns reads only its own tokens', async () => {
  let history: PromptPart[] = [];
  let before = 0;
  for (let turn = 0; turn < 10; turn++) {
    const parts = [...history, control(turn === 0 ? turnStart : `<end_of_turn>\n${turnStart}`), text(words(5, turn)), control(turnEnd)];
    const result = await run(parts);
    // Everything up to the last token that was fed back is there; the last one generated was not read yet.
    expect(result.cachedTokens).toBe(turn === 0 ? 0 : before);
    before = result.promptTokens + result.ids.length - (result.stopReason === 'maxTokens' ? 1 : 0);
    history = [...parts, tokens(result.ids)];
  }
});

test('regenerating reads nothing, however long the answer was', async () => {
  const parts = [control(turnStart), text(words(900, 1)), control(turnEnd)];
  const first = await engine.run(
    { runId: 'a', parts, sampling: { ...greedy, temperature: 2, topP: 1, topK: 1000, seed: 3 }, maxTokens: 1000, stopTexts: [] },
    new addon.CancelFlag(),
    () => undefined,
  );
  const second = await run(parts);
  expect(first.cachedTokens).toBe(0);
  expect(second.cachedTokens).toBe(second.promptTokens);
  await engine.forget();
  expect((await run(parts)).text).toBe(second.text);
});

test('after a stop text memory ends where the answer does, so that a copy of it goes on from there', async () => {
  const parts = [control(turnStart), text(words(300, 1))];
  const params = {
    runId: 'a',
    parts,
    sampling: { ...greedy, temperature: 1.5, topP: 1, topK: 1000, seed: 3 },
    maxTokens: 40,
    owner: 'chat',
  };
  const write = (stopTexts: readonly string[]): Promise<Omit<RunResult, 'takeUpMs'>> =>
    engine.run({ ...params, stopTexts }, new addon.CancelFlag(), () => undefined);
  const whole = await write([]);
  const stopped = await write([whole.text.slice(-5, -3)]);
  expect(stopped.stopReason).toBe('stopText');
  expect(stopped.ids.length).toBeGreaterThan(0);
  const shape = await engine.stateShape('chat');
  expect((shape?.tokens.length ?? 0) / 2).toBe(stopped.promptTokens + stopped.ids.length);
});

describe('going back', () => {
  const long = [control(turnStart), text(words(1900, 1))];

  test.each([1, 100, 400, 500, 520, 700, 1200, 1700])('by %i tokens gives what a fresh read gives', async (back) => {
    await engine.logits(long);
    const { difference, cached } = await differenceToFresh([control(turnStart), text(words(1900 - back, 1)), text('NameName')]);
    expect(difference).toBeLessThan(noise);
    if (back <= 500) expect(cached).toBeGreaterThanOrEqual(1900 - back);
  });

  test('to an earlier turn reads from its start on, not from the beginning', async () => {
    const turns = [1, 2, 3, 4, 5, 6].map((seed) => text(words(300, seed)));
    await engine.logits([control(turnStart), ...turns]);
    const { difference, cached } = await differenceToFresh([control(turnStart), ...turns.slice(0, 2), text(words(50, 9))]);
    expect(difference).toBeLessThan(noise);
    expect(cached).toBeGreaterThanOrEqual(600);
  });

  test('over views and checkpoints keeps equal logits', async () => {
    for (const { file } of labels) {
      const { key, rgb } = await viewOf(file, 112);
      await engine.encode(key, 112, rgb, new addon.CancelFlag());
    }
    const keys = await Promise.all(labels.map(async ({ file }) => (await viewOf(file, 112)).key));
    const block = (key: string): readonly PromptPart[] => [control('\n\n<start_of_image>'), image(key), control('<end_of_image>\n\n')];
    const [first = '', second = '', third = ''] = keys;
    const start = [control(turnStart), text(words(500, 2)), ...block(first), text(words(500, 3)), ...block(second), text(words(500, 4))];
    await engine.logits(start);
    const other = [control(turnStart), text(words(500, 2)), ...block(first), text(words(500, 3)), ...block(third), text('Total')];
    const { difference, cached } = await differenceToFresh(other);
    expect(difference).toBeLessThan(noise);
    expect(cached).toBeGreaterThanOrEqual(1000);
  });
});

describe('going from one conversation to another and back', () => {
  const chats = [1, 2, 3].map((seed) => [control(turnStart), text(words(1500, seed))]);

  test('reads nothing twice and gives what a fresh read gives', async () => {
    for (const chat of chats) expect((await engine.logits(chat)).cachedTokens).toBeLessThan(20);
    for (const chat of [...chats, ...chats.toReversed()]) {
      const { logits, cachedTokens } = await engine.logits([...chat, text('Name')]);
      expect(cachedTokens).toBeGreaterThanOrEqual(1500);
      expect(logits.every(Number.isFinite)).toBe(true);
    }
    const [first = []] = chats;
    const { difference, cached } = await differenceToFresh([...first, text('Code')]);
    expect(cached).toBeGreaterThanOrEqual(1500);
    expect(difference).toBeLessThan(noise);
  });

  test("keeps each one's checkpoints", async () => {
    const branch = [...(chats[0] ?? []), text(words(300, 8))];
    for (const chat of [branch, ...chats.slice(1)]) await engine.logits(chat);
    const { difference, cached } = await differenceToFresh([...(chats[0] ?? []), text('Code')]);
    expect(cached).toBeGreaterThanOrEqual(1400);
    expect(difference).toBeLessThan(noise);
  });
});

test('a view is known by its content, not by its place', async () => {
  const [first, second] = await Promise.all(['receipt.png', 'ticket.png'].map((file) => viewOf(file, 112)));
  if (first === undefined || second === undefined) throw new Error('no views');
  for (const { key, rgb } of [first, second]) await engine.encode(key, 112, rgb, new addon.CancelFlag());
  const ask = (key: string): readonly PromptPart[] => [
    control(`${turnStart}\n\n<start_of_image>`),
    image(key),
    control('<end_of_image>\n\n'),
    text('Total?'),
    control(turnEnd),
  ];
  expect((await run(ask(first.key), 12)).text).toBe('8352');
  const other = await run(ask(second.key), 12);
  expect(other.text).toBe('9036');
  expect(other.cachedTokens).toBe(5);
});

test('a view that was never encoded is refused, and the engine goes on', async () => {
  await expect(run([control('<start_of_image>'), image('unknown'), control('<end_of_image>')])).rejects.toMatchObject({
    code: 'invalidRequest',
    subject: 'parts',
  });
  expect((await run([text('Total')])).promptTokens).toBe(2);
});

test('a prompt longer than the context is refused with the numbers', async () => {
  await expect(run([text(words(2048, 1))])).rejects.toMatchObject({ code: 'doesNotFit', needed: 2050, available: 2048 });
});

test('writing stops when the context is full', async () => {
  const result = await engine.run(
    {
      runId: 'a',
      parts: [text(words(2000, 1))],
      sampling: { ...greedy, temperature: 2, topP: 1, topK: 1000, seed: 3 },
      maxTokens: 500,
      stopTexts: [],
    },
    new addon.CancelFlag(),
    () => undefined,
  );
  expect(result.stopReason).toBe('contextFull');
  expect(result.promptTokens + result.ids.length).toBe(2049);
});
