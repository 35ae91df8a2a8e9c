import { afterEach, expect, test } from 'vitest';
import type { LoadParams, RunResult } from '../../../../electron/engine/engineContract.ts';
import { describeServer } from '../../../../electron/services/remote/describeServer.ts';
import { createRemoteEngine } from '../../../../electron/services/remote/remoteEngine.ts';
import { toErrorData } from '../../../../electron/shared/errors.ts';
import { type ChatBehaviour, type ChatServer, beginStream, startChatServer } from '../../../fakes/chatServer.ts';
import { load as anyLoad, run as question } from './remoteSamples.ts';

// Answers in the shapes that vLLM's server gives them.

const model = 'google/gemma-3-27b-it';
const card = (contextTokens: number): Record<string, unknown> => ({
  id: model,
  object: 'model',
  created: 1_764_000_000,
  owned_by: 'vllm',
  root: model,
  parent: null,
  max_model_len: contextTokens,
  permission: [{ id: 'modelperm-1', object: 'model_permission', allow_sampling: true, organization: '*', group: null, is_blocking: false }],
});

let chat: ChatServer | null = null;
afterEach(async () => {
  await chat?.close();
  chat = null;
});

const load: LoadParams = { ...anyLoad, contextTokens: 32_768 };

async function ask(behaviour: ChatBehaviour): Promise<{ readonly wrote: string; readonly answer: RunResult }> {
  chat = await startChatServer({ models: [card(16_384)] });
  const { url, behave } = chat;
  behave(behaviour);
  let wrote = '';
  const engine = createRemoteEngine({
    server: () => ({ server: { id: 'server-0123456789ab', address: `${url}/v1`, model, contextTokens: 32_768, vision: null }, key: null }),
    requireNetwork: () => undefined,
    emit: ({ name, payload }) => {
      if (name === 'generation.wrote') wrote += payload.text;
    },
  });
  await engine.request('model.load', load);
  return { answer: await engine.request('generation.run', question), wrote };
}

async function failure(behaviour: ChatBehaviour): Promise<string> {
  try {
    await ask(behaviour);
  } catch (error) {
    const data = toErrorData(error);
    return data.code === 'networkFailed' ? data.details.reason : data.code;
  }
  return 'no failure';
}

const chunk = (choices: readonly unknown[], usage?: unknown): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_764_000_000, model, choices, usage })}\n\n`;
const delta = (content: string, finish: string | null = null): string =>
  chunk([
    { index: 0, delta: { content, reasoning_content: null }, logprobs: null, finish_reason: finish, stop_reason: null, token_ids: null },
  ]);
const begin = chunk([{ index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }]);
const usage = { prompt_tokens: 21, total_tokens: 24, completion_tokens: 3, prompt_tokens_details: null };

test('the list of models tells the context that the server was started with', async () => {
  chat = await startChatServer({ models: [card(16_384)] });
  expect(await describeServer(new URL(`${chat.url}/v1`), null, new AbortController().signal)).toMatchObject({
    models: [{ name: model, contextTokens: 16_384 }],
  });
});

test('a server that was started anew with a smaller context is asked for no more than that', async () => {
  chat = await startChatServer({ models: [card(16_384)] });
  const { url } = chat;
  const engine = createRemoteEngine({
    server: () => ({ server: { id: 'server-0123456789ab', address: `${url}/v1`, model, contextTokens: 32_768, vision: null }, key: null }),
    requireNetwork: () => undefined,
    emit: () => undefined,
  });
  expect(await engine.request('model.load', load)).toMatchObject({ contextTokens: 16_384, contextLimit: 16_384 });
});

test('an answer in small pieces of bytes, with comments between, ends with the counts of a chunk without choices', async () => {
  const { answer, wrote } = await ask(async (response) => {
    beginStream(response);
    const said = `${begin}: ping\n\n${delta('Zwölf ')}${delta('Euro')}${delta(' 🙂', 'stop')}${chunk([], usage)}data: [DONE]\n\n`;
    const bytes = Buffer.from(said.replaceAll('\n\n', '\r\n\r\n'));
    for (let at = 0; at < bytes.length; at += 7) {
      response.write(bytes.subarray(at, at + 7));
      await new Promise(setImmediate);
    }
    response.end();
  });
  expect(wrote).toBe('Zwölf Euro 🙂');
  expect(answer).toMatchObject({ text: wrote, stopReason: 'endOfTurn', promptTokens: 21, tokens: 3, cachedTokens: 0 });
});

test('an answer cut at its limit says so, also where the counts come after it', async () => {
  const { answer } = await ask((response) => {
    beginStream(response);
    response.end(`${begin}${delta('Zwölf', 'length')}${chunk([], usage)}data: [DONE]\n\n`);
  });
  expect(answer).toMatchObject({ text: 'Zwölf', stopReason: 'maxTokens', tokens: 3 });
});

const overflow =
  "This model's maximum context length is 16384 tokens. However, you requested 16500 tokens (16400 in the messages, 100 in the completion). Please reduce the length of the messages or completion.";
const reply =
  (status: number, body: unknown): ChatBehaviour =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

test.each<readonly [string, ChatBehaviour, RegExp]>([
  [
    'too long a question, as vLLM has told it',
    reply(400, { object: 'error', message: overflow, type: 'BadRequestError', param: null, code: 400 }),
    /^the question is longer than it takes \(400\); enter its context in the settings\. It says: This model's maximum/,
  ],
  [
    'too long a question, as vLLM tells it now',
    reply(400, { error: { message: overflow, type: 'BadRequestError', param: 'input_tokens', code: 400 } }),
    /^the question is longer than it takes/,
  ],
  [
    'a field that it does not take',
    reply(422, { detail: [{ type: 'missing', loc: ['body', 'messages'], msg: 'Field required', input: {} }] }),
    /^it answered with status 422: Field required$/,
  ],
  [
    'a model that it does not have',
    reply(404, { error: { message: `The model \`${model}\` does not exist.`, type: 'NotFoundError', param: 'model', code: 404 } }),
    /does not exist/,
  ],
  ['an address without the path', reply(404, { detail: 'Not Found' }), /ends with \/v1$/],
  ['a wrong key', reply(401, { error: 'Unauthorized' }), /refused the key \(401\)/],
  [
    'an error in the stream, as vLLM has told it',
    (response) => {
      beginStream(response);
      response.end(
        `${begin}data: ${JSON.stringify({ object: 'error', message: 'EngineCore encountered an issue.', type: 'InternalServerError', code: 500 })}\n\ndata: [DONE]\n\n`,
      );
    },
    /^it stopped the answer: EngineCore encountered an issue\.$/,
  ],
  [
    'a server that is shut down',
    (response) => {
      beginStream(response);
      response.end(`${begin}${delta('Half')}${delta('', 'abort')}data: [DONE]\n\n`);
    },
    /^it gave up the answer before its end \(abort\)$/,
  ],
])('%s is told in a plain sentence', async (_name, behaviour, expected) => {
  expect(await failure(behaviour)).toMatch(expected);
});
