// How long cancelling takes at several points of a prefill and in an answer. Aim: 100 ms on a CPU.
// node_modules/.bin/node test/bench/cancelling.ts --model FILE
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { RunParams } from '../../electron/engine/engineContract.ts';
import { cancelRun } from '../native/cancelRun.ts';
import { connectEngine, greedy, text } from '../native/nativeEngine.ts';

const { model } = parseArgs({ options: { model: { type: 'string' } } }).values;
if (model === undefined) throw new Error('--model is missing');
const engine = connectEngine();
await engine.request('model.load', {
  textPath: model,
  projectorPath: null,
  contextTokens: 4096,
  gpu: 'off',
  threads: 0,
  vocabularyOnly: false,
});

const prompt = [text('The garden has old trees, a stone bench and a small pond with fish. '.repeat(200))];
const params: RunParams = { runId: 'a', parts: prompt, sampling: greedy, maxTokens: 40, stopTexts: [] };
const prefill: number[] = [];
for (const delay of [0, 50, 150, 300, 450]) prefill.push((await cancelRun(engine, 'generation.prefilled', delay, params)).tookMs);
const story = { ...params, parts: [text('Once upon a time')], maxTokens: 2000 };
const answer = (await cancelRun(engine, 'generation.wrote', 120, story)).tookMs;
process.stdout.write(`${JSON.stringify({ load: loadavg(), prefillMs: prefill.map(Math.round), answerMs: Math.round(answer) })}\n`);
engine.close();
