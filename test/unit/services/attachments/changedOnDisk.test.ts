import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attachment } from '../../../../electron/shared/attachments.ts';
import type { AssistantMessage } from '../../../../electron/shared/conversations.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';

let facet: ScriptedServices;
const dataFolder = newDataFolder();
const folder = mkdtempSync(join(tmpdir(), 'facet-changed-'));
const path = join(folder, 'lease.txt');

beforeAll(async () => {
  facet = await startScripted({ dataFolder });
  await facet.client.request('settings.update', { patch: { modelId } });
});
afterAll(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
  rmSync(folder, { recursive: true, force: true });
});

async function ask(conversationId: string, parentId: string | null, text: string, files: readonly Attachment[]): Promise<AssistantMessage> {
  const attachments = files.map(({ id }) => ({ attachmentId: id, panScan: 'auto' as const, regions: [] }));
  const sent = await facet.client.request('message.send', { conversationId, parentId, text, attachments });
  return facet.answered(sent.assistantMessageId);
}

function warnings({ state }: AssistantMessage): readonly string[] {
  if (state.kind !== 'complete') throw new Error(state.kind);
  return state.receipt.warnings;
}

const known = (id: string): Attachment | undefined => facet.services.snapshot().attachments.find((attachment) => attachment.id === id);

test('a document that changed on disk is noticed when its chat is used, and can be read again beside what it was', async () => {
  writeFileSync(path, 'The rent is 1,250 euros.');
  const first = await facet.client.request('attachment.addFile', { path });
  const { id } = await facet.client.request('conversation.create', {});
  const answer = await ask(id, null, 'What is the rent?', [first]);
  expect(warnings(answer)).toEqual([]);

  // Only touched: the same bytes with another time.
  utimesSync(path, new Date(), new Date(Date.now() + 60_000));
  await facet.client.request('conversation.open', { id });
  expect(warnings(await ask(id, answer.id, 'And now?', []))).toEqual([]);
  expect(known(first.id)?.changedOnDisk).toBeUndefined();

  // The same size, so that only the hash can tell.
  writeFileSync(path, 'The rent is 1,300 euros.');
  await facet.client.request('conversation.open', { id });
  await expect.poll(() => known(first.id)?.changedOnDisk).toBe(true);
  const warned = await ask(id, answer.id, 'What is the rent now?', []);
  expect(warnings(warned)).toEqual(['lease.txt: changed on disk since it was read; this answer is from what was read then']);

  const again = await facet.client.request('attachment.readAgain', { id: first.id });
  expect(again).toMatchObject({ fileKey: known(first.id)?.fileKey, name: 'lease.txt' });
  expect(warnings(await ask(id, warned.id, 'What is the rent as it stands?', [again]))).toEqual([]);
  const texts = await Promise.all([first, again].map((file) => facet.client.request('attachment.text', { id: file.id })));
  expect(texts.map(([page]) => page?.text)).toEqual(['The rent is 1,250 euros.', 'The rent is 1,300 euros.']);
  // The parts of it that fit a question are now taken from the newer text alone.
  const last = (await facet.client.request('conversation.open', { id })).headId;
  const plan = await facet.client.request('context.plan', {
    conversationId: id,
    parentId: last,
    text: 'rent euros',
    attachments: [],
    mode: 'relevant',
  });
  expect(plan.asking?.documents.map(({ attachmentId }) => attachmentId)).toEqual([again.id]);
});

test('a file that is gone is not changed: its copy is what it was; one that was uploaded cannot be read again', async () => {
  const gone = join(folder, 'gone.txt');
  writeFileSync(gone, 'words');
  const file = await facet.client.request('attachment.addFile', { path: gone });
  rmSync(gone);
  const { id } = await facet.client.request('conversation.create', {});
  expect(warnings(await ask(id, null, 'q', [file]))).toEqual([]);
  await expect(facet.client.request('attachment.readAgain', { id: file.id })).rejects.toMatchObject({ data: { code: 'notFound' } });
  const { uploadId } = await facet.client.request('upload.begin', { name: 'up.txt', bytes: 3 });
  await facet.client.request('upload.append', { uploadId, base64: Buffer.from('abc').toString('base64') });
  const uploaded = await facet.client.request('upload.finish', { uploadId });
  await expect(facet.client.request('attachment.readAgain', { id: uploaded.id })).rejects.toMatchObject({
    data: { code: 'invalidRequest' },
  });
});
