// How soon the first token of a new question over a long document comes after a restart, the kept state's file read included, and of one more: Facet against
// llama-server with its defaults and with --swa-full. What each keeps is made first, under --folder, where a later run finds it again (--prepare makes
// it and measures nothing; any load will do for that). For a quiet machine; both sizes take about five minutes on two cores.
// node_modules/.bin/node test/bench/reopen.ts --model FILE --llama-server FILE --folder DIR [--sizes 18000,28000] [--rounds 3] [--prepare]
//   [--only facet,tuned,default]
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunParams } from '../../electron/engine/engineContract.ts';
import { hashFile } from '../../electron/services/models/hashFile.ts';
import { withEngine } from './engineProcess.ts';
import { withLlamaServer } from './llamaServer.ts';
import { ids } from './speedTypes.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    'llama-server': { type: 'string' },
    folder: { type: 'string' },
    sizes: { type: 'string', default: '18000,28000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'facet,tuned,default' },
    prepare: { type: 'boolean', default: false },
  },
});
const { model, 'llama-server': program, folder: given } = values;
if (model === undefined || program === undefined || given === undefined) throw new Error('--model, --llama-server or --folder is missing');
const folder = resolve(given);
const slotFolder = join(folder, 'slots');
await mkdir(slotFolder, { recursive: true });
const sizes = values.sizes
  .split(',')
  .map(Number)
  .toSorted((a, b) => a - b);
const contestants = values.only.split(',');
const contextTokens = 32_768;
const questionTokens = 12;
const textSha256 = await hashFile(model);

/** The longer ones begin as the shorter ones, so that preparing reads none of it twice. */
const document = (size: number): readonly number[] => ids(size, 1);
const question = (round: number): readonly number[] => ids(questionTokens, 1000 + round);
const madeBefore = (name: string): boolean => existsSync(join(folder, `${name}.made`));
const made = (name: string): Promise<void> => writeFile(join(folder, `${name}.made`), '');

interface Reopened {
  /** From the request to the first token, in milliseconds: finding, reading and restoring what was kept included, loading the model not. */
  readonly ms: number;
  readonly tokensRead: number;
  /** The same for one more question in the same process. */
  readonly second: { readonly ms: number; readonly tokensRead: number };
  readonly kvBytes: number;
}

async function timed(ask: () => Promise<number>): Promise<{ readonly ms: number; readonly tokensRead: number }> {
  const begun = performance.now();
  const tokensRead = await ask();
  return { ms: performance.now() - begun, tokensRead };
}

const load = { textPath: model, textSha256, contextTokens, stateFolder: join(folder, 'states') };
const facetRun = (size: number, round: number, owner: string): RunParams => ({
  runId: 'a',
  parts: [
    { kind: 'tokens', ids: document(size) },
    { kind: 'tokens', ids: question(round) },
  ],
  sampling: { temperature: 0, topK: 1, topP: 1, minP: 0, seed: 1 },
  maxTokens: 1,
  stopTexts: [],
  owner,
});

async function prepareFacet(): Promise<void> {
  const missing = sizes.filter((size) => !madeBefore(`facet-${String(size)}`));
  if (missing.length === 0) return;
  await withEngine(load, async (client) => {
    for (const size of missing) {
      const owner = `reader-${String(size)}`;
      await client.request('generation.run', facetRun(size, 0, owner));
      await client.request('state.save', { owner, mostBytes: 1e10 });
      await made(`facet-${String(size)}`);
    }
  });
}

const facet = (size: number, round: number): Promise<Reopened> =>
  withEngine(load, async (client, { memory }) => {
    const ask = async (number: number): Promise<number> => {
      const { promptTokens, cachedTokens } = await client.request('generation.run', facetRun(size, number, 'again'));
      return promptTokens - cachedTokens;
    };
    const first = await timed(() => ask(round));
    return { ...first, second: await timed(() => ask(round + 100)), kvBytes: memory.kv };
  });

const serverOptions = (kind: string) => ({ program, model, contextTokens, slotFolder, extra: kind === 'tuned' ? ['--swa-full'] : [] });

async function prepareServer(kind: string): Promise<void> {
  const missing = sizes.filter((size) => !madeBefore(`${kind}-${String(size)}`));
  if (missing.length === 0) return;
  await withLlamaServer(serverOptions(kind), async (server) => {
    for (const size of missing) {
      const file = `${kind}-${String(size)}`;
      await server.complete([...document(size), ...question(0)], 1);
      await server.saveSlot(file);
      await made(file);
    }
  });
}

const server = (kind: string, size: number, round: number): Promise<Reopened> =>
  withLlamaServer(serverOptions(kind), async (running) => {
    const ask = async (number: number): Promise<number> => (await running.complete([...document(size), ...question(number)], 1)).tokensRead;
    const first = await timed(async () => {
      await running.restoreSlot(`${kind}-${String(size)}`);
      return ask(round);
    });
    return { ...first, second: await timed(() => ask(round + 100)), kvBytes: running.kvBytes() };
  });

if (contestants.includes('facet')) await prepareFacet();
for (const kind of ['tuned', 'default']) if (contestants.includes(kind)) await prepareServer(kind);
if (!values.prepare) {
  const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
  const first = (runs: readonly Reopened[]): number => median(runs.map(({ ms }) => ms));
  const second = (runs: readonly Reopened[]): number => median(runs.map((run) => run.second.ms));
  const results: object[] = [];
  for (const size of sizes) {
    const runs = { facet: [] as Reopened[], tuned: [] as Reopened[], default: [] as Reopened[] };
    for (let round = 1; round <= Number(values.rounds); round++) {
      if (contestants.includes('facet')) runs.facet.push(await facet(size, round));
      if (contestants.includes('tuned')) runs.tuned.push(await server('tuned', size, round));
    }
    // It reads everything again: once is enough.
    if (contestants.includes('default')) runs.default.push(await server('default', size, 1));
    const ms = { facet: first(runs.facet), tuned: first(runs.tuned), default: first(runs.default) };
    const secondMs = { facet: second(runs.facet), tuned: second(runs.tuned), default: second(runs.default) };
    results.push({
      tokens: size,
      ms,
      secondMs,
      timesFasterThanDefault: ms.default / ms.facet,
      timesFasterThanTuned: ms.tuned / ms.facet,
      runs,
    });
    process.stderr.write(
      `${String(size)} tokens: Facet ${ms.facet.toFixed(0)} ms, --swa-full ${ms.tuned.toFixed(0)} ms, defaults ${ms.default.toFixed(0)} ms\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ model, cores: cpus().length, load: loadavg(), results }, null, 2)}\n`);
}
