// How soon the first token of a new question over a long document comes after a restart: Facet against llama-server with its defaults and with
// --swa-full, each restoring what it kept on disk. For a quiet machine.
// Usage: node_modules/.bin/node test/bench/reopen.ts MODEL LLAMA_SERVER [ROUNDS] [TOKENS,TOKENS] > reopen.json
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createForkStarter } from '../../electron/children/forkStarter.ts';
import { createSupervisor } from '../../electron/children/supervisor.ts';
import { createEngineClient } from '../../electron/engine/engineClient.ts';
import { hashFile } from '../../electron/services/models/hashFile.ts';
import { ids } from './speedTypes.ts';

const [model = '', llamaServer = '', rounds = '3', sizes = '18000,28000'] = process.argv.slice(2);
if (llamaServer === '') throw new Error('Usage: reopen.ts MODEL LLAMA_SERVER [ROUNDS] [TOKENS,TOKENS]');
const root = join(import.meta.dirname, '..', '..');
const folder = await mkdtemp(join(tmpdir(), 'facet-reopen-'));
const lengths = sizes.split(',').map(Number);
const contextTokens = 32_768;
const port = 18_474;
const modelSha256 = await hashFile(model);

interface Reopened {
  /** From the request to the first token, in milliseconds: reading the file and restoring included, loading the model not. */
  readonly ms: number;
  readonly tokensRead: number;
}

const document = (length: number): readonly number[] => ids(length, length);
const question = (length: number, round: number): readonly number[] => [...document(length), ...ids(12, length + round + 1)];

/** One process of Facet's engine: asks, has the state written if told to, and ends. */
async function facet(prompt: readonly number[], owner: string, keeps: boolean): Promise<Reopened> {
  const entry = join(root, 'electron', 'engine', 'engineMain.ts');
  const starter = createForkStarter({ entries: { engine: entry, reader: entry }, env: { FACET_RESOURCES: root } });
  const supervisor = createSupervisor({ name: 'engine', starter });
  const client = createEngineClient({ supervisor });
  try {
    await client.request('model.load', {
      textPath: model,
      textSha256: modelSha256,
      projectorPath: null,
      contextTokens,
      gpu: 'auto',
      threads: 0,
      vocabularyOnly: false,
      stateFolder: join(folder, 'states'),
    });
    const begun = performance.now();
    const result = await client.request('generation.run', {
      runId: 'a',
      parts: [
        { kind: 'tokens', ids: prompt.slice(0, -12) },
        { kind: 'tokens', ids: prompt.slice(-12) },
      ],
      sampling: { temperature: 0, topK: 1, topP: 1, minP: 0, seed: 1 },
      maxTokens: 1,
      stopTexts: [],
      owner,
    });
    const ms = performance.now() - begun;
    if (keeps) await client.request('state.save', { owner, mostBytes: 1e10 });
    return { ms, tokensRead: result.promptTokens - result.cachedTokens };
  } finally {
    await supervisor.stop();
  }
}

/** One process of llama-server: restores its slot if there is a file, asks, saves it if told to. */
async function server(
  prompt: readonly number[],
  file: string,
  options: { readonly keeps: boolean; readonly tuned: boolean },
): Promise<Reopened> {
  const slots = join(folder, 'slots/');
  const extra = options.tuned ? ['--swa-full'] : [];
  const child = spawn(
    llamaServer,
    ['-m', model, '-c', String(contextTokens), '--port', String(port), '-np', '1', '--slot-save-path', slots, ...extra],
    {
      stdio: 'ignore',
    },
  );
  try {
    await untilReady(child);
    const begun = performance.now();
    if (!options.keeps) await post(`/slots/0?action=restore`, { filename: file });
    const { timings } = await post('/completion', { prompt, n_predict: 1, cache_prompt: true, temperature: 0, id_slot: 0 });
    const ms = performance.now() - begun;
    if (options.keeps) await post('/slots/0?action=save', { filename: file });
    return { ms, tokensRead: timings?.prompt_n ?? 0 };
  } finally {
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

async function untilReady(child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt++) {
    if (child.exitCode !== null) throw new Error('llama-server ended');
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    if (answer?.ok === true) return;
    await sleep(250);
  }
  throw new Error('llama-server did not start within a minute');
}

async function post(path: string, body: object): Promise<{ readonly timings?: { readonly prompt_n: number } }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`llama-server answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as { readonly timings?: { readonly prompt_n: number } };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

try {
  await mkdir(join(folder, 'slots'));
  const results: object[] = [];
  for (const length of lengths) {
    const first = question(length, 0);
    const fresh = {
      facet: await facet(first, 'reader', true),
      default: await server(first, `default-${length}`, { keeps: true, tuned: false }),
      tuned: await server(first, `tuned-${length}`, { keeps: true, tuned: true }),
    };
    const times = { facet: [] as Reopened[], default: [] as Reopened[], tuned: [] as Reopened[] };
    for (let round = 1; round <= Number(rounds); round++) {
      const next = question(length, round);
      times.facet.push(await facet(next, 'again', false));
      times.tuned.push(await server(next, `tuned-${length}`, { keeps: false, tuned: true }));
      times.facet.push(await facet(next, 'again', false));
      // It reads everything again: once is enough.
      if (round === 1) times.default.push(await server(next, `default-${length}`, { keeps: false, tuned: false }));
    }
    const ms = {
      facet: median(times.facet.map((time) => time.ms)),
      default: median(times.default.map((time) => time.ms)),
      tuned: median(times.tuned.map((time) => time.ms)),
    };
    const files = await Promise.all(
      (await readdir(join(folder, 'states'))).map(async (name) => ({ name, bytes: (await stat(join(folder, 'states', name))).size })),
    );
    results.push({
      tokens: length,
      fresh,
      times,
      ms,
      timesFasterThanDefault: ms.default / ms.facet,
      timesFasterThanTuned: ms.tuned / ms.facet,
      files,
    });
    process.stderr.write(
      `${length} tokens: Facet ${Math.round(ms.facet)} ms, llama-server ${Math.round(ms.default)} ms, --swa-full ${Math.round(ms.tuned)} ms\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ model, load: loadavg(), results }, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
