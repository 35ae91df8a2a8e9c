import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toErrorData } from '../../../../electron/shared/errors.ts';
import { type ChatServer, startChatServer } from '../../../fakes/chatServer.ts';
import { startRudeServer } from '../../../fakes/rudeServer.ts';
import { type ScriptedServices, newDataFolder, projectFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';
import { eventually } from '../../../fakes/eventually.ts';

let dataFolder: string;
let facet: ScriptedServices;
let chat: ChatServer;

beforeEach(async () => {
  dataFolder = newDataFolder();
  facet = await startScripted({ dataFolder });
  chat = await startChatServer();
});
afterEach(async () => {
  await facet.close();
  await chat.close();
  removeDataFolder(dataFolder);
});

const server = (address: string): { address: string; model: string; contextTokens: number; vision: { side: number; tokens: number } } => ({
  address,
  model: 'gemma-3-4b-it',
  contextTokens: 4096,
  vision: { side: 112, tokens: 16 },
});

test('a picture is cut here, its views are sent, and the answer is kept with the server’s name', async () => {
  const { client } = facet;
  expect(await client.request('server.describe', { address: chat.url, key: null })).toMatchObject({
    address: `${chat.url}/v1`,
    models: [{ name: 'gemma-3-4b-it', contextTokens: 4096 }],
    sees: null,
  });
  const model = await client.request('server.save', { server: server(chat.url), key: null });
  expect(model).toMatchObject({ name: 'gemma-3-4b-it', size: '4B', server: { nearby: true } });
  await client.request('model.load', { id: model.id });
  const { id: attachmentId } = await client.request('attachment.addFile', { path: join(projectFolder, 'test/fixtures/labels/ticket.png') });
  const { id } = await client.request('conversation.create', {});
  const sent = await client.request('message.send', {
    conversationId: id,
    parentId: null,
    text: 'Total?',
    attachments: [{ attachmentId, panScan: 'reference', regions: [] }],
  });
  const answer = await facet.answered(sent.assistantMessageId);
  expect(answer).toMatchObject({
    text: 'The total is 8352.',
    state: { kind: 'complete', receipt: { generatedTokens: 4, model: { backend: new URL(chat.url).host } } },
  });
  const content = chat.requests[0]?.body.messages[0]?.content as readonly { readonly type: string }[];
  expect(content.map(({ type }) => type)).toEqual(['image_url', 'text']);
  // The next question sends the answer back as words.
  const next = await client.request('message.send', { conversationId: id, parentId: answer.id, text: 'Sure?', attachments: [] });
  await facet.answered(next.assistantMessageId);
  expect(chat.requests[1]?.body.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
});

test('nothing of a chat goes to another computer before it was allowed, and nothing at all when offline', async () => {
  const { client } = facet;
  const model = await client.request('server.save', { server: server('https://gpu.example'), key: 'secret' });
  expect(model.server).toEqual({ address: 'https://gpu.example/v1', host: 'gpu.example', nearby: false });
  await client.request('settings.update', { patch: { modelId: model.id, offline: true } });
  const { id } = await client.request('conversation.create', {});
  const draft = { conversationId: id, parentId: null, text: 'Hello', attachments: [] };
  const refused = toErrorData(await client.request('message.send', draft).catch((error: unknown) => error));
  expect(refused).toEqual({ code: 'leavesMachine', details: { conversation: id, model: model.id, host: 'gpu.example' } });
  expect((await client.request('conversation.open', { id })).messages).toEqual([]);
  await client.request('server.allow', { conversationId: id, modelId: model.id });
  const sent = await client.request('message.send', draft);
  const answer = await facet.answered(sent.assistantMessageId);
  expect(answer.state).toMatchObject({
    kind: 'failed',
    error: { code: 'networkFailed', details: { host: 'gpu.example', reason: 'Facet is set to stay offline' } },
  });
  // Another chat asks again.
  const other = await client.request('conversation.create', {});
  await expect(client.request('message.send', { ...draft, conversationId: other.id })).rejects.toThrow('leavesMachine');
});

test('a server goes away with its key and its permissions', async () => {
  const { client } = facet;
  const model = await client.request('server.save', { server: server('https://gpu.example'), key: 'secret' });
  const { id } = await client.request('conversation.create', {});
  await client.request('server.allow', { conversationId: id, modelId: model.id });
  await client.request('model.remove', { id: model.id });
  expect(facet.services.snapshot().models.some((one) => one.id === model.id)).toBe(false);
  await client.request('server.save', { server: server('https://gpu.example'), key: null });
  await client.request('settings.update', { patch: { modelId: model.id } });
  await expect(client.request('message.send', { conversationId: id, parentId: null, text: 'Hello', attachments: [] })).rejects.toThrow(
    'leavesMachine',
  );
});

test('nothing is downloaded when offline, neither from the catalogue nor from an address', async () => {
  const { client } = facet;
  await client.request('settings.update', { patch: { offline: true } });
  await expect(client.request('model.download', { id: 'starter' })).rejects.toThrow('stay offline');
  await expect(client.request('model.fetch', { url: `${chat.url}/m.gguf`, sha256: null, bytes: null })).rejects.toThrow('stay offline');
  expect(chat.paths).toEqual([]);
});

test('a download that is coming pauses when Facet is set to stay offline', async () => {
  const { client } = facet;
  const silent = await startRudeServer(Buffer.alloc(1 << 20, 7));
  try {
    // Answers, and says no more.
    silent.always((_request, response) => {
      response.writeHead(206, { 'content-length': 1 << 20 }).flushHeaders();
    });
    const coming = client.request('model.fetch', { url: silent.url, sha256: null, bytes: null });
    const outcome = expect(coming).rejects.toThrow('cancelled');
    await eventually(() => expect(silent.requests).not.toEqual([]));
    await client.request('settings.update', { patch: { offline: true } });
    await outcome;
    expect(facet.services.snapshot().models.map(({ state }) => state.kind)).not.toContain('downloading');
  } finally {
    await silent.close();
  }
});
