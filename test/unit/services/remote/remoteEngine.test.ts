import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { EngineClient } from '../../../../electron/engine/engineClient.ts';
import type { EngineEvents, LoadParams } from '../../../../electron/engine/engineContract.ts';
import { routeEngines } from '../../../../electron/services/remote/routeEngines.ts';
import { facetError, toErrorData } from '../../../../electron/shared/errors.ts';
import {
  type ChatBehaviour,
  type ChatServer,
  type ChatServerOptions,
  beginStream,
  sendText,
  startChatServer,
} from '../../../fakes/chatServer.ts';
import { load, run } from './remoteSamples.ts';

let chat: ChatServer | null = null;
afterEach(async () => {
  await chat?.close();
  chat = null;
});

/** An engine of this computer that notes what it is asked. */
function noLocalEngine(asked: string[]): EngineClient {
  return {
    request: (name) => {
      asked.push(name);
      return Promise.resolve({} as never);
    },
    on: () => () => undefined,
    onStopped: () => () => undefined,
    onStalled: () => () => undefined,
    restart: () => undefined,
  };
}

interface Opened {
  readonly engine: EngineClient;
  readonly local: string[];
  readonly wrote: EngineEvents['generation.wrote'][];
  readonly chat: ChatServer;
}

async function open(options: ChatServerOptions = {}, key: string | null = null, offline = false): Promise<Opened> {
  chat = await startChatServer(options);
  const server = {
    id: 'server-0123456789ab',
    address: `${chat.url}/v1`,
    model: 'gemma-3-4b-it',
    contextTokens: 4096,
    vision: { side: 2, tokens: 256 },
  };
  const local: string[] = [];
  const engine = routeEngines(noLocalEngine(local), {
    server: () => ({ server, key }),
    requireNetwork: () => {
      if (offline) throw facetError('networkFailed', { host: 'none', reason: 'offline' });
    },
  });
  const wrote: Opened['wrote'] = [];
  engine.on('generation.wrote', (event) => wrote.push(event));
  return { engine, local, wrote, chat };
}

async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const data = toErrorData(error);
    return data.code === 'networkFailed' ? data.details.reason : data.code;
  }
  return 'no failure';
}

test('an answer streams, with the counts that the server tells and the settings that were asked for', async () => {
  const { engine, wrote, chat } = await open({ key: 'secret' }, 'secret');
  const loaded = await engine.request('model.load', load);
  expect(loaded).toMatchObject({ contextTokens: 4096, contextLimit: 4096, vision: { side: 2, tokens: 256 }, warnings: [] });
  const result = await engine.request('generation.run', run);
  expect(result).toMatchObject({
    text: 'The total is 8352.',
    ids: [],
    tokens: 4,
    stopReason: 'endOfTurn',
    promptTokens: 30,
    cachedTokens: 12,
  });
  expect(wrote.map(({ text }) => text).join('')).toBe(result.text);
  expect(chat.requests[0]?.headers.authorization).toBe('Bearer secret');
  expect(chat.requests[0]?.body).toMatchObject({
    model: 'gemma-3-4b-it',
    stream: true,
    temperature: 1,
    top_k: 64,
    top_p: 0.95,
    seed: 7,
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Total?' }],
  });
});

test('views are sent as the pictures they are', async () => {
  const { engine, chat } = await open();
  await engine.request('model.load', load);
  const rgb = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]);
  expect(await engine.request('image.known', { keys: ['v'] })).toEqual({ known: [false] });
  await engine.request('image.encode', { key: 'v', side: 2, rgb });
  expect(await engine.request('image.known', { keys: ['v'] })).toEqual({ known: [true] });
  const [begin, text, end] = run.parts;
  if (begin === undefined || text === undefined || end === undefined) throw new Error('the prompt has three parts');
  await engine.request('generation.run', { ...run, parts: [begin, { kind: 'image', key: 'v' }, text, end] });
  const content = chat.requests[0]?.body.messages[0]?.content as { readonly image_url?: { readonly url: string } }[];
  const png = Buffer.from((content[0]?.image_url?.url ?? '').replace('data:image/png;base64,', ''), 'base64');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2, 2]);
});

test('cancelling hangs up and keeps what was written', async () => {
  const { engine, chat } = await open();
  let hungUp = false;
  chat.behave(async (response) => {
    response.on('close', () => (hungUp = true));
    beginStream(response);
    sendText(response, 'One');
    await delay(60_000, undefined, { ref: false });
  });
  await engine.request('model.load', load);
  const controller = new AbortController();
  engine.on('generation.wrote', () => controller.abort());
  const result = await engine.request('generation.run', run, controller.signal);
  expect(result).toMatchObject({ text: 'One', stopReason: 'cancelled' });
  await expect.poll(() => hungUp).toBe(true);
});

test.each<readonly [string, ChatBehaviour, string]>([
  ['a wrong key', (response) => void response.writeHead(401).end('{}'), 'key'],
  ['a redirect', (response) => void response.writeHead(307, { location: 'https://elsewhere.example/' }).end(), 'another address'],
  [
    'too long a prompt',
    (response) => void response.writeHead(400).end(JSON.stringify({ error: { message: 'exceeds the context' } })),
    'exceeds the context',
  ],
  ['a page instead of an answer', (response) => void response.writeHead(502).end('<html>bad gateway</html>'), 'status 502'],
  [
    'a page instead of a stream',
    (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>'),
    'no stream',
  ],
  ['a whole answer where a stream was asked for', (response) => void response.writeHead(200).end('{"choices":[]}'), 'no stream'],
  [
    'a stream without an answer',
    (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(),
    'ended without',
  ],
  [
    'a stream that breaks off',
    (response) => {
      beginStream(response);
      sendText(response, 'Half');
      response.end();
    },
    'broke off',
  ],
  [
    'a cut connection',
    (response) => {
      beginStream(response);
      sendText(response, 'Half');
      setTimeout(() => response.destroy(), 5);
    },
    'cut|aborted',
  ],
  [
    'an error in the stream',
    (response) => {
      beginStream(response);
      response.end('data: {"error":{"message":"out of memory"}}\n\n');
    },
    'out of memory',
  ],
  [
    'something else than JSON',
    (response) => {
      beginStream(response);
      response.end('data: hello\n\n');
    },
    'not JSON',
  ],
  [
    'an event without end',
    (response) => {
      beginStream(response);
      response.end(`data: ${'x'.repeat(2_000_000)}`);
    },
    'larger',
  ],
])('%s is told in a plain sentence', async (_name, behaviour, expected) => {
  const { engine, chat } = await open();
  await engine.request('model.load', load);
  chat.behave(behaviour);
  expect(await failure(engine.request('generation.run', run))).toMatch(new RegExp(expected));
});

test('a limit of tokens and a whole answer at once are understood', async () => {
  const { engine, chat } = await open();
  await engine.request('model.load', load);
  chat.behave((response) => {
    beginStream(response);
    sendText(response, 'Cut', 'length');
    response.end('data: [DONE]\n\n');
  });
  expect(await engine.request('generation.run', run)).toMatchObject({ text: 'Cut', stopReason: 'maxTokens', tokens: 1 });
});

test('a model that the server lacks, a server that is not there, and the offline switch are told at load', async () => {
  const { engine } = await open({ models: [{ id: 'another' }] });
  expect(await failure(engine.request('model.load', load))).toBe('modelLoadFailed');
  await chat?.close();
  expect(await failure(engine.request('model.load', load))).toContain('nothing listens');
  chat = null;
  const { engine: kept, chat: never } = await open({}, null, true);
  expect(await failure(kept.request('model.load', load))).toBe('offline');
  expect(never.paths).toEqual([]);
});

test('the engine of this computer gives way, and takes over again with the next model of its own', async () => {
  const { engine, local } = await open();
  const here: LoadParams = { ...load, textPath: '/m.gguf' };
  delete (here as { server?: string }).server;
  await engine.request('model.load', here);
  await engine.request('model.load', load);
  await engine.request('prompt.tokenize', { parts: run.parts });
  await engine.request('engine.describe', {});
  await engine.request('model.load', here);
  await engine.request('prompt.tokenize', { parts: run.parts });
  expect(local).toEqual(['model.load', 'model.unload', 'engine.describe', 'model.load', 'prompt.tokenize']);
});
