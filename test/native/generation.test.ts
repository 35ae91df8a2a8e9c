import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineSampling, PromptPart, RunParams } from '../../electron/engine/engineContract.ts';
import { viewOf } from './labels.ts';
import { connectEngine, control, greedy, loadParams, readerPrompt, text, tokens, turnEnd, turnStart } from './nativeEngine.ts';

const engine = connectEngine();
let key = '';

/** Loads the model anew: nothing is cached. */
async function load(): Promise<void> {
  await engine.request('model.load', loadParams());
  const view = await viewOf('receipt.png', 112);
  key = view.key;
  await engine.request('image.encode', { key, side: 112, rgb: view.rgb });
}
beforeAll(load);
afterAll(() => engine.close());

const params = (change: Partial<RunParams> = {}): RunParams => ({
  runId: 'a',
  parts: readerPrompt(key, 'Total?'),
  sampling: greedy,
  maxTokens: 12,
  stopTexts: [],
  ...change,
});

describe('stop texts', () => {
  // The answer is 8352, one token a digit.
  test.each([
    { stopTexts: ['35'], expected: '8', ids: 1 },
    { stopTexts: ['52', '3'], expected: '8', ids: 1 },
    { stopTexts: ['8'], expected: '', ids: 0 },
    { stopTexts: ['529'], expected: '8352', ids: 4 },
  ])('$stopTexts gives "$expected"', async ({ stopTexts, expected, ids }) => {
    let streamed = '';
    const stop = engine.on('generation.wrote', (event) => (streamed += event.text));
    const result = await engine.request('generation.run', params({ stopTexts }));
    stop();
    expect(result.text).toBe(expected);
    expect(streamed).toBe(expected);
    expect(result.ids).toHaveLength(ids);
    expect(result.stopReason).toBe(expected === '8352' ? 'endOfTurn' : 'stopText');
  });

  test('leave a state that the next prompt can use', async () => {
    await engine.request('generation.run', params({ stopTexts: ['35'] }));
    expect((await engine.request('generation.run', params())).text).toBe('8352');
  });
});

test('an answer that is cut off does not end with the start of a stop text, and goes on from before it', async () => {
  const cut = await engine.request('generation.run', params({ stopTexts: ['359'], maxTokens: 2 }));
  expect(cut).toMatchObject({ text: '8', stopReason: 'maxTokens' });
  expect(cut.ids).toHaveLength(1);
  const goesOn = params({ parts: [...params().parts, tokens(cut.ids)], stopTexts: ['35'] });
  expect(await engine.request('generation.run', goesOn)).toMatchObject({ text: '', stopReason: 'stopText' });
});

test('the token limit ends an answer', async () => {
  expect(await engine.request('generation.run', params({ maxTokens: 2 }))).toMatchObject({ text: '83', stopReason: 'maxTokens' });
});

describe('sampling', () => {
  const wild: EngineSampling = { temperature: 2, topK: 1000, topP: 1, minP: 0, seed: 7 };
  const parts: readonly PromptPart[] = [control(turnStart), text('Total'), control(turnEnd)];
  const write = async (sampling: EngineSampling): Promise<string> =>
    (await engine.request('generation.run', params({ parts, sampling, maxTokens: 40 }))).ids.join(' ');

  test('repeats itself with the same seed only', async () => {
    const first = await write(wild);
    expect(await write(wild)).toBe(first);
    expect(await write({ ...wild, seed: 8 })).not.toBe(first);
  });

  test.each<Partial<EngineSampling>>([{ topK: 1 }, { topP: 1e-6 }, { minP: 1 }])('with %o is greedy', async (narrow) => {
    expect(await write({ ...wild, ...narrow })).toBe(await write(greedy));
  });
});

describe('cancelling', () => {
  const longPrompt = [control(turnStart), text('TotalDate'.repeat(900)), control(turnEnd)];

  test('while the prompt is read ends the run, and the state stays right', async () => {
    const controller = new AbortController();
    const stop = engine.on('generation.prefilled', ({ doneTokens, cachedTokens }) => {
      if (doneTokens > cachedTokens) controller.abort();
    });
    const result = await engine.request('generation.run', params({ runId: 'long', parts: longPrompt }), controller.signal);
    stop();
    expect(result).toMatchObject({ stopReason: 'cancelled', text: '', ids: [] });
    const again = await engine.request('generation.run', params({ parts: longPrompt, maxTokens: 3 }));
    expect(again.cachedTokens).toBeGreaterThanOrEqual(512);
    await load();
    const fresh = await engine.request('generation.run', params({ parts: longPrompt, maxTokens: 3 }));
    expect(fresh.cachedTokens).toBeLessThan(10);
    expect(fresh.ids).toEqual(again.ids);
  });

  test('while the answer is written keeps what was written', async () => {
    const controller = new AbortController();
    const stop = engine.on('generation.wrote', () => controller.abort());
    const wild = { temperature: 2, topK: 1000, topP: 1, minP: 0, seed: 1 };
    const parts = [control(turnStart), text('Name')];
    const result = await engine.request('generation.run', params({ parts, sampling: wild, maxTokens: 1900 }), controller.signal);
    stop();
    expect(result.stopReason).toBe('cancelled');
    expect(result.ids.length).toBeGreaterThan(0);
    expect(result.ids.length).toBeLessThan(1900);
  });

  test('before its turn ends a run without running it', async () => {
    const controller = new AbortController();
    const first = engine.request('generation.run', params({ parts: longPrompt, maxTokens: 1 }));
    const second = engine.request('generation.run', params({ runId: 'second' }), controller.signal);
    controller.abort();
    expect(await second).toMatchObject({ stopReason: 'cancelled', promptTokens: 0 });
    expect((await first).stopReason).toBe('maxTokens');
  });

  test('an encode makes no embedding', async () => {
    const { rgb } = await viewOf('parcel.png', 112);
    const controller = new AbortController();
    const encoding = engine.request('image.encode', { key: 'cancelled', side: 112, rgb }, controller.signal);
    controller.abort();
    await expect(encoding).rejects.toMatchObject({ data: { code: 'cancelled' } });
    expect(await engine.request('image.known', { keys: ['cancelled'] })).toEqual({ known: [false] });
    expect(await engine.request('image.encode', { key: 'cancelled', side: 112, rgb })).toMatchObject({ cached: false, tokens: 16 });
  });
});

test('progress starts with what is cached and ends with the whole prompt', async () => {
  const seen: (readonly [number, number, number])[] = [];
  const stop = engine.on('generation.prefilled', (event) => seen.push([event.doneTokens, event.totalTokens, event.cachedTokens]));
  await engine.request('generation.run', params());
  const { promptTokens } = await engine.request('generation.run', params({ parts: readerPrompt(key, 'Room?') }));
  stop();
  expect(seen.at(-1)?.[0]).toBe(promptTokens);
  for (const [done, total, cached] of seen) {
    expect(done).toBeGreaterThanOrEqual(cached);
    expect(done).toBeLessThanOrEqual(total);
  }
});

test('requests to the engine run one after the other', async () => {
  const results = await Promise.all(
    ['Total?', 'Date?', 'Room?'].map((question) => engine.request('generation.run', params({ parts: readerPrompt(key, question) }))),
  );
  expect(results.map(({ text: answer }) => answer)).toEqual(['8352', '1204', '317']);
});
