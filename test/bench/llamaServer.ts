import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const mebibyte = 1024 * 1024;

export interface ServerOptions {
  readonly program: string;
  readonly model: string;
  readonly contextTokens: number;
  readonly slotFolder: string;
  /** Arguments beyond the defaults, such as --swa-full. */
  readonly extra?: readonly string[];
}

/** Ids, text, or text with a marker for each picture (base64). */
export type ServerPrompt = readonly number[] | string | { readonly prompt_string: string; readonly multimodal_data: readonly string[] };

export interface Completed {
  readonly content: string;
  /** Tokens of the prompt that were read, not found in the cache. */
  readonly tokensRead: number;
  readonly promptMs: number;
}

/** One process of llama-server with one slot and, but for that and the context, its defaults. */
export interface LlamaServer {
  /** What its log says that the KV caches take. */
  kvBytes(): number;
  complete(prompt: ServerPrompt, write: number, stop?: readonly string[]): Promise<Completed>;
  /** Vectors of texts; of a server that was started with `--embedding`. */
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
  /** What stands for a picture in a prompt's text. */
  mediaMarker(): Promise<string>;
  saveSlot(file: string): Promise<void>;
  restoreSlot(file: string): Promise<void>;
}

interface Answer {
  readonly content: string;
  readonly timings: { readonly prompt_n: number; readonly prompt_ms: number };
}

interface Embedded {
  readonly data: readonly { readonly embedding: readonly number[] }[];
}

/** Starts one, and ends it when the work is done. */
export async function withLlamaServer<Result>(options: ServerOptions, work: (server: LlamaServer) => Promise<Result>): Promise<Result> {
  const { program, model, contextTokens, slotFolder, extra = [] } = options;
  const port = await freePort();
  const given = ['-m', model, '-c', String(contextTokens), '--port', String(port), '-np', '1', '--slot-save-path', `${slotFolder}/`];
  const child = spawn(program, [...given, ...extra], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (data: Buffer) => (log = (log + data.toString()).slice(0, 200_000)));
  try {
    await untilReady(child, port);
    return await work({
      kvBytes: () => [...log.matchAll(/KV buffer size = +([\d.]+) MiB/g)].reduce((sum, [, size]) => sum + Number(size) * mebibyte, 0),
      complete: async (prompt, write, stop = []) => {
        const { content, timings } = await post(port, '/completion', {
          prompt,
          n_predict: write,
          cache_prompt: true,
          temperature: 0,
          id_slot: 0,
          stop,
        });
        return { content, tokensRead: timings.prompt_n, promptMs: timings.prompt_ms };
      },
      embed: async (texts) => (await post<Embedded>(port, '/v1/embeddings', { input: texts })).data.map(({ embedding }) => embedding),
      mediaMarker: async () => {
        const response = await fetch(`http://127.0.0.1:${String(port)}/props`);
        return ((await response.json()) as { readonly media_marker: string }).media_marker;
      },
      saveSlot: async (file) => {
        await post(port, '/slots/0?action=save', { filename: file });
      },
      restoreSlot: async (file) => {
        await post(port, '/slots/0?action=restore', { filename: file });
      },
    });
  } finally {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
  }
}

/** Two benchmarks at once must not ask each other's server. */
async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));
  return port;
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 480; attempt++) {
    if (child.exitCode !== null) throw new Error('llama-server ended');
    const answer = await fetch(`http://127.0.0.1:${String(port)}/health`).catch(() => null);
    if (answer?.ok === true) return;
    await sleep(250);
  }
  throw new Error('llama-server did not start within two minutes');
}

/** Not by fetch, which gives up after five minutes: a long document may take more on a busy machine. */
async function post<T = Answer>(port: number, path: string, body: object): Promise<T> {
  const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers: { 'content-type': 'application/json' } });
  sent.end(JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const answer = await text(response);
  if (response.statusCode !== 200) throw new Error(`llama-server answered ${String(response.statusCode)}: ${answer}`);
  return JSON.parse(answer) as T;
}
