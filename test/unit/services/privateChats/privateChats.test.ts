import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Attachment } from '../../../../electron/shared/attachments.ts';
import type { AssistantMessage, AttachmentUse } from '../../../../electron/shared/conversations.ts';
import { isPrivateId } from '../../../../electron/shared/privateIds.ts';
import {
  type ScriptedServices,
  modelId,
  newDataFolder,
  projectFolder,
  removeDataFolder,
  startScripted,
} from '../../../fakes/scriptedServices.ts';

/** In every question, answer, file and file name of the private chats here, and nowhere else. */
const secret = 'Xq7planted';

let facet: ScriptedServices;
let dataFolder: string;
let outside: string;

beforeEach(async () => {
  dataFolder = newDataFolder();
  outside = mkdtempSync(join(tmpdir(), 'facet-outside-'));
  facet = await startScripted({ dataFolder });
  await facet.client.request('settings.update', { patch: { modelId } });
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
  rmSync(outside, { recursive: true, force: true });
});

/** Files below the data folder, database and write-ahead log included, that hold the bytes or are called so. */
function filesWith(text: string): readonly string[] {
  return readdirSync(dataFolder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(dataFolder, name);
    return name.includes(text) || (statSync(path).isFile() && readFileSync(path).includes(text));
  });
}

async function ask(
  conversationId: string,
  text: string,
  uses: readonly AttachmentUse[] = [],
  parentId: string | null = null,
): Promise<AssistantMessage> {
  const sent = await facet.client.request('message.send', { conversationId, parentId, text, attachments: uses });
  return facet.answered(sent.assistantMessageId);
}

async function privateFile(name: string, bytes: string | Uint8Array): Promise<Attachment> {
  const path = join(outside, name);
  writeFileSync(path, bytes);
  const { id } = await facet.client.request('attachment.addFile', { path, private: true });
  return facet.client.request('attachment.read', { id });
}

const use = ({ id }: Attachment): AttachmentUse => ({ attachmentId: id, panScan: 'auto', regions: [] });

test('no byte of a private chat, its files or its pictures is ever on disk, and it is gone when it is closed', async () => {
  const { id } = await facet.client.request('conversation.create', { private: true, system: `${secret} system` });
  expect(isPrivateId(id)).toBe(true);
  const document = await privateFile(`${secret}.txt`, `The code is ${secret}.`);
  const picture = await privateFile(`${secret}.png`, readFileSync(join(projectFolder, 'test/fixtures/labels/receipt.png')));
  expect([document.state.kind, picture.state.kind]).toEqual(['document', 'image']);
  expect(facet.services.snapshot().conversations.map((summary) => summary.id)).toEqual([id]);

  const first = await ask(id, `${secret} one, at some length so that it can be said shorter [[say ${secret} heard]]`, [use(document)]);
  expect(first).toMatchObject({ text: `${secret} heard`, state: { kind: 'complete', receipt: { coverage: { mode: 'whole' } } } });
  const second = await ask(id, `${secret} two`, [use(picture)], first.id);
  expect(second.state).toMatchObject({ kind: 'complete', receipt: { images: [{ file: `${secret}.png` }] } });
  const relevant = await facet.client.request('message.regenerate', { messageId: first.id, options: { mode: 'relevant' } });
  expect((await facet.answered(relevant.assistantMessageId)).state.kind).toBe('complete');
  await facet.client.request('conversation.selectBranch', { id, messageId: second.id });
  expect((await facet.client.request('conversation.compact', { id })).summary).toContain(secret);
  await facet.client.request('conversation.rename', { id, title: `${secret} title` });
  expect((await facet.client.request('conversation.export', { id, format: 'markdown' })).text).toContain(secret);

  expect(filesWith(secret)).toEqual([]);
  for (const { sha256 } of [document, picture]) expect(filesWith(sha256)).toEqual([]);
  expect(await facet.client.request('conversation.search', { query: secret, limit: 10 })).toEqual([]);

  await facet.client.request('conversation.remove', { id });
  expect(facet.services.snapshot()).toMatchObject({ conversations: [], attachments: [] });
  await expect(facet.client.request('conversation.restore', { id })).rejects.toMatchObject({ data: { code: 'notFound' } });
  await expect(facet.client.request('attachment.text', { id: document.id })).rejects.toMatchObject({ data: { code: 'notFound' } });
});

test('the search for what is on disk finds what an ordinary chat says', async () => {
  const { id } = await facet.client.request('conversation.create', {});
  await ask(id, `${secret} aloud`);
  expect(filesWith(secret)).not.toEqual([]);
});

test('a private chat ends with the app, and its files with it', async () => {
  const { id } = await facet.client.request('conversation.create', { private: true });
  const document = await privateFile('note.txt', `The code is ${secret}.`);
  await ask(id, `${secret} one`, [use(document)]);
  await facet.close();
  expect(filesWith(secret)).toEqual([]);
  const shared = existsSync('/dev/shm') ? readdirSync('/dev/shm').filter((name) => name.startsWith('facet-')) : [];
  facet = await startScripted({ dataFolder });
  expect(facet.services.snapshot()).toMatchObject({ conversations: [], attachments: [] });
  // What the closed run had there is gone; other runs of Facet may have theirs.
  for (const name of shared) expect(readdirSync(join('/dev/shm', name), { recursive: true }).join()).not.toContain(document.sha256);
});

test('a file of a private chat cannot be asked about in another, and a kept one can be asked about in private', async () => {
  const secretChat = await facet.client.request('conversation.create', { private: true });
  const open = await facet.client.request('conversation.create', {});
  const hidden = await privateFile('hidden.txt', 'hidden words');
  await expect(
    facet.client.request('message.send', { conversationId: open.id, parentId: null, text: 'q', attachments: [use(hidden)] }),
  ).rejects.toMatchObject({ data: { code: 'invalidRequest' } });
  const path = join(outside, 'kept.txt');
  writeFileSync(path, 'kept words');
  const kept = await facet.client.request('attachment.addFile', { path });
  await facet.client.request('attachment.read', { id: kept.id });
  expect((await ask(secretChat.id, `${secret} about the kept file`, [use(kept)])).state.kind).toBe('complete');
  expect(filesWith(secret)).toEqual([]);
  await facet.client.request('conversation.remove', { id: secretChat.id });
  expect(facet.services.snapshot().attachments.map((attachment) => attachment.id)).toEqual([kept.id]);
});
