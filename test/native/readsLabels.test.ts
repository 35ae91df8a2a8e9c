import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadedModel, RunParams } from '../../electron/engine/engineContract.ts';
import { labels, viewOf } from './labels.ts';
import { connectEngine, greedy, loadParams, readerPrompt } from './nativeEngine.ts';

const engine = connectEngine();
let loaded: LoadedModel;
const fractions: number[] = [];

beforeAll(async () => {
  engine.on('model.loadProgressed', ({ fraction }) => fractions.push(fraction));
  loaded = await engine.request('model.load', loadParams());
});
afterAll(() => engine.close());

const ask = (key: string, question: string): RunParams => ({
  runId: question,
  parts: readerPrompt(key, question),
  sampling: greedy,
  maxTokens: 12,
  stopTexts: [],
});

test('the load tells what was loaded', () => {
  expect(loaded).toMatchObject({ backend: 'CPU', contextTokens: 2048, vocabularySize: 416, vision: { side: 112, tokens: 16 } });
  expect(loaded.memory.weights).toBeGreaterThan(2_000_000);
  expect(loaded.memory.kv).toBeGreaterThan(0);
  expect(loaded.memory.compute).toBeGreaterThan(0);
  expect(loaded.memory.vision).toBeGreaterThan(1_900_000);
  expect(fractions.at(-1)).toBe(1);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
});

describe.each(labels)('$file', ({ file, answers }) => {
  test.each(Object.entries(answers))('%s is %s', async (question, answer) => {
    const { key, rgb } = await viewOf(file, 112);
    await engine.request('image.encode', { key, side: 112, rgb });
    let streamed = '';
    const stop = engine.on('generation.wrote', ({ text }) => (streamed += text));
    const result = await engine.request('generation.run', ask(key, `${question}?`));
    stop();
    expect(result.text).toBe(answer);
    expect(streamed).toBe(answer);
    expect(result.stopReason).toBe('endOfTurn');
  });
});

test('a view is encoded once', async () => {
  const { key, rgb } = await viewOf('receipt.png', 112);
  await engine.request('image.encode', { key, side: 112, rgb });
  const second = await engine.request('image.encode', { key, side: 112, rgb });
  expect(second).toMatchObject({ cached: true, tokens: 16 });
  await expect(engine.request('image.known', { keys: [key, 'never seen'] })).resolves.toEqual({ known: [true, false] });
});

test('a second question about the same picture reads only the question', async () => {
  const { key, rgb } = await viewOf('ticket.png', 112);
  await engine.request('image.encode', { key, side: 112, rgb });
  await engine.request('generation.run', ask(key, 'Gate?'));
  const second = await engine.request('generation.run', ask(key, 'Seat?'));
  expect(second.text).toBe('482');
  // All but the question and the turn's end: "Seat", "?", end of turn, newline, start of turn, "model", newline.
  expect(second.promptTokens - second.cachedTokens).toBe(7);
});
