import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import type { Attachment } from '../../../../electron/shared/attachments.ts';
import {
  type ScriptedServices,
  modelId,
  newDataFolder,
  projectFolder,
  removeDataFolder,
  startScripted,
} from '../../../fakes/scriptedServices.ts';

let dataFolder: string;
let facet: ScriptedServices;
let open = false;

async function start(): Promise<void> {
  facet = await startScripted({ dataFolder });
  open = true;
}
async function stop(): Promise<void> {
  if (open) await facet.close();
  open = false;
}

beforeEach(async () => {
  dataFolder = newDataFolder();
  await start();
  await facet.client.request('settings.update', { patch: { modelId } });
});
afterEach(async () => {
  await stop();
  removeDataFolder(dataFolder);
});

async function read(name: string): Promise<Attachment> {
  const { id } = await facet.client.request('attachment.addFile', { path: join(projectFolder, 'test', 'fixtures', 'documents', name) });
  return facet.client.request('attachment.read', { id });
}

async function ask(attachmentIds: readonly string[], parentId: string | null, conversationId: string) {
  const attachments = attachmentIds.map((attachmentId) => ({ attachmentId, panScan: 'off' as const, regions: [] }));
  const sent = await facet.client.request('message.send', { conversationId, parentId, text: 'What is the rent?', attachments });
  return facet.answered(sent.assistantMessageId);
}

const stored = (): readonly string[] => readdirSync(join(dataFolder, 'attachments')).filter((name) => name !== 'incoming');

test('finds documents by every word of one page, tells the place, and which chats use them', async () => {
  const lease = await read('lease.pdf');
  await read('tenancy.docx');
  const [hit, ...others] = await facet.client.request('library.search', { query: 'monthly REN', limit: 20 });
  expect(others).toEqual([]);
  if (hit === undefined) throw new Error('not found');
  expect(hit.sha256).toBe(lease.sha256);
  expect(hit.excerpt).toContain('monthly rent');
  expect(hit.matches.map(({ start, length }) => hit.excerpt.slice(start, start + length).toLowerCase())).toContain('monthly');
  const texts = await facet.client.request('attachment.text', { id: lease.id });
  expect(texts.find(({ page }) => page === hit.page)?.text).toContain('monthly rent');
  expect(await facet.client.request('library.search', { query: 'monthly zebra', limit: 20 })).toEqual([]);
  expect(await facet.client.request('library.search', { query: '"* OR (', limit: 20 })).toEqual([]);

  expect(await facet.client.request('library.uses', {})).toEqual([]);
  const { id } = await facet.client.request('conversation.create', {});
  await ask([lease.id], null, id);
  expect(await facet.client.request('library.uses', {})).toMatchObject([{ attachmentId: lease.id, conversationId: id }]);
});

test('a deleted document is gone from every list, its chat goes on and says so, and Undo brings it back', async () => {
  const lease = await read('lease.pdf');
  const { id } = await facet.client.request('conversation.create', {});
  const first = await ask([lease.id], null, id);
  await facet.client.request('library.remove', { ids: [lease.id] });
  expect((await facet.client.request('app.snapshot', {})).state.attachments).toEqual([]);
  expect(await facet.client.request('library.search', { query: 'rent', limit: 20 })).toEqual([]);
  await expect(facet.client.request('attachment.text', { id: lease.id })).rejects.toMatchObject({ data: { code: 'notFound' } });

  const without = await ask([], first.id, id);
  if (without.state.kind !== 'complete') throw new Error(JSON.stringify(without.state));
  expect(without.state.receipt.documents).toEqual([]);
  expect(without.state.receipt.warnings).toContain('a file of this chat was deleted; this answer was written without it');
  expect((await facet.client.request('conversation.open', { id })).messages[1]).toMatchObject({ id: first.id, state: first.state });

  const [back] = await facet.client.request('library.restore', { ids: [lease.id] });
  expect(back).toEqual(lease);
  expect((await facet.client.request('app.snapshot', {})).state.attachments).toEqual([lease]);
  const again = await ask([], without.id, id);
  expect(again.state).toMatchObject({ kind: 'complete', receipt: { documents: [{ file: 'lease.pdf' }] } });
});

test('deleting frees the bytes, the text, the excerpts and the states of the chats that used it', async () => {
  const lease = await read('lease.pdf');
  const kept = await read('tenancy.docx');
  const { id } = await facet.client.request('conversation.create', {});
  const attachments = [{ attachmentId: lease.id, panScan: 'off' as const, regions: [] }];
  const question = { conversationId: id, parentId: null, text: 'What is the rent?', attachments, options: { mode: 'relevant' as const } };
  const { assistantMessageId } = await facet.client.request('message.send', question);
  await facet.answered(assistantMessageId);
  await facet.client.request('library.remove', { ids: [lease.id] });
  await stop();
  // As the engine names them, for this chat and for one that has nothing to do with the file.
  const states = join(dataFolder, 'cache', 'states');
  mkdirSync(states, { recursive: true });
  expect(stored()).toEqual([kept.sha256]);
  const own = join(states, `${id}-0123456789abcdef-f16.state`);
  const other = join(states, 'other-0123456789abcdef-f16.state');
  for (const file of [own, other]) writeFileSync(file, 'x'.repeat(100));

  await start();
  expect(await facet.client.request('state.usage', {})).toEqual({ chats: 2, bytes: 200 });
  await expect(facet.client.request('library.restore', { ids: [lease.id] })).rejects.toMatchObject({ data: { code: 'notFound' } });
  const database = openDatabase(join(dataFolder, 'facet.db'));
  const readings = database.prepare('SELECT reading FROM answer_readings').all() as { readonly reading: string }[];
  expect(readings.map(({ reading }) => (JSON.parse(reading) as { readonly excerpts: readonly unknown[] }).excerpts)).toEqual([[]]);
  expect(database.prepare('SELECT count(*) AS rows FROM readings').get()).toEqual({ rows: 1 });
  database.close();

  const again = await read('lease.pdf');
  await ask([again.id], null, id);
  await facet.client.request('library.remove', { ids: [again.id] });
  await stop();
  expect(existsSync(own)).toBe(false);
  expect(existsSync(other)).toBe(true);
});

test('kept states are counted and deleted all at once', async () => {
  const states = join(dataFolder, 'cache', 'states');
  mkdirSync(states, { recursive: true });
  for (const name of ['a-0123456789abcdef-f16.state', 'a-0123456789abcdef-q8_0.state', 'b-0123456789abcdef-f16.state', 'key'])
    writeFileSync(join(states, name), '12345');
  expect(await facet.client.request('state.usage', {})).toEqual({ chats: 2, bytes: 15 });
  expect(await facet.client.request('state.removeAll', {})).toEqual({ chats: 0, bytes: 0 });
  expect(readdirSync(states)).toEqual(['key']);
});
