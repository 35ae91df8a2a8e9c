import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadedModel, RunParams } from '../../electron/engine/engineContract.ts';
import { cancelRun } from '../native/cancelRun.ts';
import { connectEngine, control, greedy, text, tokens } from '../native/nativeEngine.ts';
import { realLoad, transcript } from './realModel.ts';

const engine = connectEngine();
let loaded: LoadedModel;
beforeAll(async () => {
  loaded = await engine.request('model.load', realLoad());
});
afterAll(() => engine.close());

const params = (change: Partial<RunParams> = {}): RunParams => ({
  runId: 'a',
  parts: transcript('What is the capital of France?'),
  sampling: greedy,
  maxTokens: 40,
  stopTexts: ['\nUser:'],
  ...change,
});
const ids = async (...parts: RunParams['parts']): Promise<readonly number[]> => (await engine.request('prompt.tokenize', { parts })).ids;

test('knows the capital of France', async () => {
  const result = await engine.request('generation.run', params());
  expect(result.text).toBe(' The capital of France is Paris.');
  expect(result.stopReason).toBe('stopText');
});

test('takes the memory that the architecture says', () => {
  // Global layers keep all tokens, local ones 1024 positions (window 512 and a batch of 512, rounded up); 256 wide keys and values of 2 bytes.
  expect(loaded.memory.kv).toBe(2 * 256 * 2 * (3 * 4096 + 15 * 1024));
  expect(loaded.memory.weights).toBeGreaterThan(240e6);
  expect(loaded.memory.compute).toBeLessThan(64e6);
});

describe('tokens', () => {
  test('are the ids of the exact turn format', async () => {
    expect(await ids(control('<start_of_turn>user\n'), text('Hello'), control('<end_of_turn>\n<start_of_turn>model\n'))).toEqual([
      2, 105, 2364, 107, 9259, 106, 107, 105, 4368, 107,
    ]);
  });
  test('of a strikethrough tag are one each, typed or ours', async () => {
    expect(await ids(text('<s>x</s>'))).toEqual(await ids(control('<s>x</s>')));
    expect(await ids(text('</s>'))).toEqual([2, 212]);
  });
  test('of text beside our words merge as in one string', async () => {
    expect(await ids(control('User: '), text('What'))).toEqual(await ids(text('User: What')));
    expect(await ids(control('User:'), text(' What'))).toEqual(await ids(text('User: What')));
  });
  test('of a long text are those of its lines, the first time and again', async () => {
    const words = ['Total', ' of', ' naïve', '  12,5', '\t', ' 東京', ' <s>', ' </s>', '**', ' 😀', '---', ' the'];
    const line = (seed: number): string =>
      Array.from({ length: 1 + (seed % 23) }, (_, at) => words[(seed * 7 + at * at) % words.length]).join('');
    const lines = Array.from({ length: 400 }, (_, seed) => `${line(seed)}${'\n'.repeat(1 + (seed % 5 === 4 ? seed % 7 : 0))}`);
    const single = await Promise.all(lines.map(async (one) => (await ids(text(one))).slice(1)));
    const expected = [2, ...single.flat()];
    expect(await ids(text(lines.join('')))).toEqual(expected);
    expect(await ids(text(lines.join('')))).toEqual(expected);
  });
  test('a strikethrough tag that the model wrote is shown', async () => {
    const parts = [control('Write HTML. <s>one</s> <s>two</s> <s>three'), tokens([212]), text(' <s>four</s> <s>five')];
    const result = await engine.request('generation.run', params({ parts, maxTokens: 1, stopTexts: [] }));
    expect(result).toMatchObject({ text: '</s>', ids: [212], stopReason: 'maxTokens' });
  });
});

test('whole characters are streamed, also when tokens end inside one', async () => {
  const pieces: string[] = [];
  const stop = engine.on('generation.wrote', (event) => pieces.push(event.text));
  // Not in the vocabulary: four byte tokens a letter.
  const result = await engine.request('generation.run', params({ parts: [text('𒀀'.repeat(40))], maxTokens: 42, stopTexts: [] }));
  stop();
  expect(result.text).toContain('𒀀𒀀');
  expect(pieces.join('')).toBe(result.text);
  expect(pieces.filter((piece) => !piece.isWellFormed())).toEqual([]);
  expect(pieces.slice(0, -1).filter((piece) => piece.includes('\ufffd'))).toEqual([]);
});

test('finds a fact in a short document', async () => {
  const document = 'Anna lives in Oslo and works as a carpenter. Her dog is called Bruno. Her brother Lars has a boat.';
  const parts = [
    control('Document: '),
    text(document),
    control('\nQuestion: '),
    text('What is the name of the dog?'),
    control('\nAnswer:'),
  ];
  expect((await engine.request('generation.run', params({ parts, maxTokens: 12, stopTexts: ['\n'] }))).text).toContain('Bruno');
});

test('a second question about a long document reads only the question', async () => {
  const content = text('The garden has old trees, a stone bench and a small pond with fish. '.repeat(120));
  const ask = (question: string) => [control('Document: '), content, control('\nQuestion: '), text(question), control('\nAnswer:')];
  const first = await engine.request(
    'generation.run',
    params({ parts: ask('What is in the small pond?'), maxTokens: 20, stopTexts: ['\n'] }),
  );
  expect(first.cachedTokens).toBeLessThan(10);
  expect(first.text).toContain('fish');
  const second = await engine.request(
    'generation.run',
    params({ parts: ask('What is the bench made of?'), maxTokens: 20, stopTexts: ['\n'] }),
  );
  expect(second.promptTokens - second.cachedTokens).toBeLessThan(20);
});

describe('cancelling ends a run where it is', () => {
  const prompt = [text('The garden has old trees, a stone bench and a small pond with fish. '.repeat(200))];

  test.each([0, 50, 150, 300, 450])('in a prefill, %i ms into it', async (delay) => {
    const { result } = await cancelRun(engine, 'generation.prefilled', delay, params({ stopTexts: [], parts: prompt }));
    expect(result).toMatchObject({ stopReason: 'cancelled', text: '', ids: [] });
  });
  test('in an answer', async () => {
    const run = params({ stopTexts: [], parts: [text('Once upon a time')], maxTokens: 2000 });
    const { result } = await cancelRun(engine, 'generation.wrote', 120, run);
    expect(result.stopReason).toBe('cancelled');
    expect(result.ids.length).toBeLessThan(2000);
  });
});
