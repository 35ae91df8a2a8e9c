import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LoadParams, PromptPart } from '../../electron/engine/engineContract.ts';
import type { NativeEngine } from '../../electron/engine/nativeBinding.ts';
import { type ConversationStates, createConversationStates } from '../../electron/engine/states/conversationStates.ts';
import { labels, viewOf } from './labels.ts';
import { control, greedy, image, loadEngine, openAddon, text, tokens, turnEnd, turnStart } from './nativeEngine.ts';

const addon = openAddon();
const folder = await mkdtemp(join(tmpdir(), 'facet-states-'));
const stateFolder = join(folder, 'states');
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Short batches and answers are summed in 16 bits, in the order of the window's cells; a lost window shows as tenths to whole units. */
const noise = 0.06;
/** What is left of it when everything is summed in 32 bits. */
const exactNoise = 0.003;

const difference = (a: Float32Array, b: Float32Array): number => Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))));

interface Process {
  readonly engine: NativeEngine;
  readonly states: ConversationStates;
  readonly lost: string[];
}

/** An engine as a new process has it: nothing in memory, the same folder. */
async function start(change: Partial<LoadParams> = {}, identity: { llamaVersion?: string; modelSha256?: string } = {}): Promise<Process> {
  const { engine, loaded } = await loadEngine(addon, change);
  for (const { file } of labels) {
    const { key, rgb } = await viewOf(file, 112);
    await engine.encode(key, 112, rgb, new addon.CancelFlag());
  }
  const lost: string[] = [];
  const states = createConversationStates({
    folder: stateFolder,
    identity: {
      modelSha256: 'a'.repeat(64),
      projectorSha256: 'b'.repeat(64),
      llamaVersion: 'v',
      backend: loaded.backend,
      cacheType: change.cacheType ?? 'f16',
      ...identity,
    },
    contextTokens: loaded.contextTokens,
    lost: (reason) => lost.push(reason),
  });
  return { engine, states, lost };
}

async function save({ engine, states }: Process, owner: string): Promise<boolean> {
  const state = await states.copyOut(owner, engine);
  return state !== null && states.write(state, { mostBytes: 1e9, signal: new AbortController().signal });
}

const words = (count: number, seed: number): string => {
  const keys = ['Total', 'Date', 'Name', 'Room', 'Code', 'Price', 'Tax', 'Phone', 'Gate', 'Seat'];
  return Array.from({ length: count }, (_, index) => keys[(index * 7 + seed + index * index) % keys.length]).join('');
};

const [first = '', second = ''] = await Promise.all(labels.map(async ({ file }) => (await viewOf(file, 112)).key));
const view = (key: string): readonly PromptPart[] => [control('\n\n<start_of_image>'), image(key), control('<end_of_image>\n\n')];
const turn = (seed: number, answer = 150): readonly PromptPart[] => [
  control(turnStart),
  text(words(60, seed)),
  control(turnEnd),
  text(words(answer, seed + 1)),
  control('<end_of_turn>\n'),
];
/** A document, a picture in the first turn, four more turns, and a question. */
const document = [control(turnStart), text(words(700, 1))];
const history = [
  ...document,
  text(words(20, 3)),
  ...view(first),
  text(words(30, 4)),
  control(turnEnd),
  text(words(140, 5)),
  control('<end_of_turn>\n'),
];
const chat = [...history, ...turn(10), ...turn(20), ...turn(30), control(turnStart), text(words(10, 40)), control(turnEnd)];

const ask = (parts: readonly PromptPart[], owner: string | null = 'chat'): Parameters<NativeEngine['run']>[0] => ({
  runId: 'a',
  parts,
  sampling: greedy,
  maxTokens: 8,
  stopTexts: [],
  owner,
});

let ids: readonly number[] = [];
beforeAll(async () => {
  const process = await start();
  ({ ids } = await process.engine.run(ask(chat), new addon.CancelFlag(), () => undefined));
  expect(await save(process, 'chat')).toBe(true);
  expect(await save(process, 'chat')).toBe(false);
});

/** What is asked next, and most tokens that are read for it. */
const waysOn: readonly (readonly [string, () => readonly PromptPart[], number])[] = [
  [
    'the next turn reads its own tokens only',
    () => [...chat, tokens(ids), control(`<end_of_turn>\n${turnStart}`), text('Total'), control(turnEnd)],
    12,
  ],
  ['regenerating reads next to nothing', () => chat, 140],
  ['the last question edited', () => [...chat.slice(0, -2), text(words(12, 77)), control(turnEnd)], 200],
  ['a branch at the second turn', () => [...history, ...turn(10), control(turnStart), text(words(9, 50)), control(turnEnd)], 300],
  ['another question after the picture', () => [...history.slice(0, 6), text(words(9, 60)), control(turnEnd)], 60],
  ['another picture after the document', () => [...document, text(words(20, 3)), ...view(second), text('Total'), control(turnEnd)], 200],
  ['another question on the document', () => [...document, text('Date'), control(turnEnd)], 140],
];

describe('a later process goes on where an earlier one stopped', () => {
  let process: Process;
  beforeEach(async () => {
    process = await start();
  });

  test.each(waysOn)('%s, with the logits of a fresh read', async (_name, makeParts, most) => {
    const parts = makeParts();
    await process.states.takeUp(parts, process.engine);
    const restored = await process.engine.logits(parts);
    await process.engine.forget();
    const fresh = await process.engine.logits(parts);
    expect(process.lost).toEqual([]);
    expect(fresh.cachedTokens).toBe(0);
    const { tokens: pairs } = await process.engine.prospect(parts);
    expect(pairs.length / 2 - restored.cachedTokens).toBeLessThanOrEqual(most);
    expect(difference(restored.logits, fresh.logits)).toBeLessThan(noise);
  });

  test.each<[string, () => readonly PromptPart[]]>([
    ['the next turn', () => [...chat, tokens(ids), control(`<end_of_turn>\n${turnStart}`), text('Total'), control(turnEnd)]],
    ['another question on the document', () => [...document, text('Date'), control(turnEnd)]],
  ])('%s: reads as much as the process that never ended, and gives what it gives', async (_name, makeParts) => {
    const parts = makeParts();
    const endless = await start();
    await endless.engine.run(ask(chat), new addon.CancelFlag(), () => undefined);
    const continued = await endless.engine.logits(parts);
    await process.states.takeUp(parts, process.engine);
    const restored = await process.engine.logits(parts);
    expect(restored.cachedTokens).toBe(continued.cachedTokens);
    // Not to the bit: the window's cells come back in another order, and sums depend on it.
    expect(difference(restored.logits, continued.logits)).toBeLessThan(noise);
  });

  test('another conversation on the same document begins after it', async () => {
    const parts = [...document, text('Phone'), control(turnEnd)];
    await process.states.takeUp(parts, process.engine);
    const { cachedTokens } = await process.engine.run(ask(parts, 'other'), new addon.CancelFlag(), () => undefined);
    expect(cachedTokens).toBeGreaterThanOrEqual(700);
    expect(await save(process, 'other')).toBe(true);
    expect((await readdir(stateFolder)).filter((name) => name.endsWith('.state'))).toHaveLength(2);
    await rm(join(stateFolder, `other-${'a'.repeat(16)}-f16.state`));
  });

  test('a context of another size takes it too, and one that is too small reads', async () => {
    const parts = [...chat, text('Total')];
    const larger = await start({ contextTokens: 4096 });
    await larger.states.takeUp(parts, larger.engine);
    expect((await larger.engine.logits(parts)).cachedTokens).toBeGreaterThan(1500);
    const smaller = await start({ contextTokens: 1024 });
    const begin = [...document, text('Total')];
    await smaller.states.takeUp(begin, smaller.engine);
    expect((await smaller.engine.logits(begin)).cachedTokens).toBe(0);
    expect(smaller.lost).toEqual([]);
  });
});

describe('what is nobody else’s business', () => {
  test('a private conversation is never copied out, parked or not', async () => {
    const process = await start();
    const secret = [control(turnStart), text(words(900, 96)), control(turnEnd)];
    await process.engine.run(ask(secret, null), new addon.CancelFlag(), () => undefined);
    expect(await process.engine.stateShape('')).toBeNull();
    expect(await process.engine.stateShape('chat')).toBeNull();
    await process.engine.run(ask(chat), new addon.CancelFlag(), () => undefined);
    // The public one stands in the cache and the private one beside it.
    const shape = await process.engine.stateShape('chat');
    const { tokens: own } = await process.engine.prospect(chat);
    expect(shape?.tokens.subarray(0, own.length)).toEqual(own);
    await process.engine.run(ask([...chat, text('Name')], null), new addon.CancelFlag(), () => undefined);
    expect(await process.engine.stateShape('chat')).toBeNull();
  });

  test('a parked conversation can still be copied out', async () => {
    const process = await start();
    await process.engine.run(ask([...document, text('Gate')], 'parked'), new addon.CancelFlag(), () => undefined);
    await process.engine.run(ask([control(turnStart), text(words(900, 95))], 'now'), new addon.CancelFlag(), () => undefined);
    expect(await save(process, 'parked')).toBe(true);
    await rm(join(stateFolder, `parked-${'a'.repeat(16)}-f16.state`));
  });
});

describe('what is wrong is read again, with the right answer', () => {
  const parts = [...chat, text('Total')];
  const file = (): string => join(stateFolder, `chat-${'a'.repeat(16)}-f16.state`);
  let whole: Buffer;
  let right: Float32Array;
  beforeAll(async () => {
    whole = await readFile(file());
    right = (await (await start()).engine.logits(parts)).logits;
  });
  beforeEach(() => writeFile(file(), whole));

  const expectFresh = async (process: Process): Promise<void> => {
    await process.states.takeUp(parts, process.engine);
    const { logits, cachedTokens } = await process.engine.logits(parts);
    expect(cachedTokens).toBe(0);
    expect(logits).toEqual(right);
  };

  test.each([0, 20, 0.3, 0.9, -1])('a byte flipped at %d', async (place) => {
    const at = place < 0 ? whole.length + place : place < 1 ? Math.floor(whole.length * place) : place;
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    await writeFile(file(), damaged);
    await expectFresh(await start());
  });

  test('a file cut short', async () => {
    await writeFile(file(), whole.subarray(0, whole.length / 2));
    const process = await start();
    await expectFresh(process);
    expect(process.lost).toHaveLength(1);
  });

  test('another model, another build', async () => {
    await expectFresh(await start({}, { modelSha256: 'c'.repeat(64) }));
    await expectFresh(await start({}, { llamaVersion: 'w' }));
  });

  test('another cache type', async () => {
    const process = await start({ cacheType: 'q8_0' });
    await process.states.takeUp(parts, process.engine);
    expect((await process.engine.logits(parts)).cachedTokens).toBe(0);
  });

  test('and the engine survives states that nobody signed', async () => {
    const { engine } = await start();
    await engine.run(ask(chat), new addon.CancelFlag(), () => undefined);
    const shape = await engine.stateShape('chat');
    if (shape === null) throw new Error('no state');
    const state = { ...shape, checkpoints: [] };
    const data = new Uint8Array(state.stateBytes);
    await engine.copyState('chat', [], data);
    // Not the counts: llama.cpp reserves what they say, which is why nothing unsigned may come this far.
    for (let place = 1000; place < data.length; place += 10_007) {
      const damaged = Uint8Array.from(data);
      damaged[place] = (damaged[place] ?? 0) ^ 1;
      // Damage in a number is only a wrong number; damage in a size or a type is refused.
      await engine.adoptState({ ...state, data: damaged }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'invalidRequest' });
      });
    }
    await expect(engine.adoptState({ ...state, data: data.subarray(1) })).rejects.toMatchObject({ code: 'invalidRequest' });
    await expect(engine.adoptState({ ...state, tokens: state.tokens.subarray(2), data })).rejects.toMatchObject({ code: 'invalidRequest' });
    await engine.adoptState({ ...state, data });
    const { logits } = await engine.logits(parts);
    expect(difference(logits, right)).toBeLessThan(noise);
  });
});

// The proof that nothing is lost: the differences above are rounding and go away with it.
describe('with a cache of 32 bits a later process has the logits of a fresh read', () => {
  let process: Process;
  beforeAll(async () => {
    const earlier = await start({ cacheType: 'f32' });
    await earlier.engine.run(ask(chat), new addon.CancelFlag(), () => undefined);
    expect(await save(earlier, 'chat')).toBe(true);
  });
  beforeEach(async () => {
    process = await start({ cacheType: 'f32' });
  });

  test.each(waysOn)('%s', async (_name, makeParts) => {
    const parts = makeParts();
    expect((await process.states.takeUp(parts, process.engine)).tookUp).toBe(true);
    const restored = await process.engine.logits(parts);
    await process.engine.forget();
    const fresh = await process.engine.logits(parts);
    expect(restored.cachedTokens).toBeGreaterThan(500);
    expect(difference(restored.logits, fresh.logits)).toBeLessThan(exactNoise);
  });
});
