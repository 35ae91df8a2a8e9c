import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Model } from '../../../../electron/shared/models.ts';
import type { AttachmentUse } from '../../../../electron/shared/conversations.ts';
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

beforeEach(async () => {
  dataFolder = newDataFolder();
  facet = await startScripted({ dataFolder });
  await facet.client.request('settings.update', { patch: { modelId } });
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function attach(path: string): Promise<AttachmentUse> {
  const { id } = await facet.client.request('attachment.addFile', { path });
  return { attachmentId: id, panScan: 'off', regions: [] };
}

test('a picture and a document are read, encoded once, and listed in the receipt', async () => {
  const picture = await attach(join(projectFolder, 'test', 'fixtures', 'labels', 'ticket.png'));
  const document = await attach(join(projectFolder, 'test', 'fixtures', 'documents', 'lease.pdf'));
  const { id } = await facet.client.request('conversation.create', {});
  const draft = { conversationId: id, parentId: null, text: 'Total?', attachments: [picture, document] };
  const plan = await facet.client.request('context.plan', draft);
  const sent = await facet.client.request('message.send', draft);
  const answer = await facet.answered(sent.assistantMessageId);
  if (answer.state.kind !== 'complete') throw new Error(JSON.stringify(answer.state));
  const { receipt } = answer.state;
  expect(receipt.promptTokens).toBe(plan.tokens);
  expect(plan.ids).toHaveLength(plan.tokens);
  expect(plan.ids.filter((token) => token === 262_144)).toHaveLength(16);
  expect(plan.text).toContain('<start_of_image><end_of_image>\n\nTotal?');
  expect(receipt.images).toMatchObject([{ file: 'ticket.png', width: 224, height: 224, mode: 'off', crops: [], cached: false }]);
  expect(receipt.documents[0]?.pages.map(({ source }) => source)).toEqual(['text', 'text', 'text', 'text', 'text']);
  const usage = plan.usage;
  expect(usage.system + usage.documents + usage.images + usage.conversation).toBe(plan.tokens);

  const next = await facet.client.request('message.send', { ...draft, parentId: answer.id, attachments: [], text: 'And again?' });
  const { state } = await facet.answered(next.assistantMessageId);
  expect(state).toMatchObject({ kind: 'complete', receipt: { images: [{ cached: true, encodeMs: 0 }] } });
  if (state.kind === 'complete') expect(state.receipt.cachedTokens).toBeGreaterThanOrEqual(receipt.promptTokens);
});

test('quotations of an answer are checked against the document and kept with the answer', async () => {
  const lease = await attach(join(projectFolder, 'test', 'fixtures', 'documents', 'lease.pdf'));
  const { id } = await facet.client.request('conversation.create', {});
  const text = '[[say “The monthly rent is 1,250 euros” and “the rent is 1,350 euros”.]] What is the rent?';
  const sent = await facet.client.request('message.send', { conversationId: id, parentId: null, text, attachments: [lease] });
  const { text: answer, state } = await facet.answered(sent.assistantMessageId);
  if (state.kind !== 'complete') throw new Error(JSON.stringify(state));
  const [proved, invented] = state.receipt.citations ?? [];
  expect(state.receipt.citations).toHaveLength(2);
  expect(proved).toMatchObject({ quote: 'The monthly rent is 1,250 euros', source: { document: 'lease.pdf', how: 'exact' } });
  expect(answer.slice(proved?.start, proved?.end)).toBe('“The monthly rent is 1,250 euros”');
  const pages = await facet.client.request('attachment.text', { id: lease.attachmentId });
  const page = pages.find((entry) => entry.page === proved?.source?.page)?.text;
  expect(page?.slice(proved?.source?.start, proved?.source?.end)).toBe(proved?.quote);
  expect(invented).toMatchObject({ quote: 'the rent is 1,350 euros', source: null });
  const { messages } = await facet.client.request('conversation.open', { id });
  expect(messages[1]).toMatchObject({ state: { receipt: { citations: state.receipt.citations } } });
});

test('a file that cannot be read fails the answer with what is wrong with it, and keeps the question', async () => {
  const path = join(dataFolder, 'broken.png');
  writeFileSync(path, Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64, 7)]));
  const use = await attach(path);
  const { id } = await facet.client.request('conversation.create', {});
  const sent = await facet.client.request('message.send', { conversationId: id, parentId: null, text: 'What is it?', attachments: [use] });
  expect((await facet.answered(sent.assistantMessageId)).state).toMatchObject({ kind: 'failed', error: { code: 'fileUnreadable' } });
  const { messages } = await facet.client.request('conversation.open', { id });
  expect(messages[0]).toMatchObject({ text: 'What is it?', attachments: [use] });
});

test('without a model the question is kept and the answer says so', async () => {
  await facet.client.request('settings.update', { patch: { modelId: null } });
  const { id } = await facet.client.request('conversation.create', {});
  const sent = await facet.client.request('message.send', { conversationId: id, parentId: null, text: 'Hello?', attachments: [] });
  expect((await facet.answered(sent.assistantMessageId)).state).toEqual({
    kind: 'failed',
    error: { code: 'modelMissing', details: { model: '' } },
  });
  expect(await facet.client.request('context.measure', { conversationId: id, parentId: null, text: 'x', attachments: [] })).toMatchObject({
    available: 0,
  });
});

test('an attachment or a parent that is not there is refused before anything is stored', async () => {
  const { id } = await facet.client.request('conversation.create', {});
  const use: AttachmentUse = { attachmentId: 'nope', panScan: 'off', regions: [] };
  await expect(
    facet.client.request('message.send', { conversationId: id, parentId: null, text: 'x', attachments: [use] }),
  ).rejects.toMatchObject({ data: { code: 'notFound' } });
  await expect(
    facet.client.request('message.send', { conversationId: id, parentId: 'nope', text: 'x', attachments: [] }),
  ).rejects.toMatchObject({ data: { code: 'notFound' } });
  await expect(
    facet.client.request('message.send', { conversationId: id, parentId: null, text: ' \n', attachments: [] }),
  ).rejects.toMatchObject({ data: { code: 'invalidRequest' } });
  expect((await facet.client.request('conversation.open', { id })).messages).toEqual([]);
});

/** The tiny reader's text part alone: it sees nothing. */
async function useBlindModel(): Promise<Model> {
  // A projector beside the file would be found; and one weight differs, or it would be known as the built-in model.
  const alone = join(dataFolder, 'alone.gguf');
  const bytes = readFileSync(join(projectFolder, 'assets', 'models', 'tiny-reader', 'text.gguf'));
  bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 1;
  writeFileSync(alone, bytes);
  const model = await facet.client.request('model.import', { path: alone, projectorPath: null });
  expect(model.projector).toBeNull();
  await facet.client.request('settings.update', { patch: { modelId: model.id } });
  return model;
}

test('a picture on a model that sees nothing: it gets the text that OCR finds, called so, with a warning', async () => {
  await useBlindModel();
  const use = await attach(join(projectFolder, 'test', 'fixtures', 'labels', 'ticket.png'));
  const { id } = await facet.client.request('conversation.create', {});
  const draft = { conversationId: id, parentId: null, text: 'Total?', attachments: [use] };
  const plan = await facet.client.request('context.plan', draft);
  expect(plan.text).toContain('Text read in a picture by OCR:\nGate: 715\nSeat: 482\nTotal: 9036\nZip: 60318');
  expect(plan.warnings.join()).toMatch(/ticket\.png: .*OCR/);
  const { state } = await facet.answered((await facet.client.request('message.send', draft)).assistantMessageId);
  if (state.kind !== 'complete') throw new Error(JSON.stringify(state));
  expect(state.receipt.images).toEqual([]);
  expect(state.receipt.documents).toMatchObject([{ file: 'ticket.png', pages: [{ page: 1, source: 'ocr', characters: 42 }] }]);
  expect(state.receipt.warnings.join()).toMatch(/sees no pictures.*OCR/);
  expect(state.receipt.promptTokens).toBe(plan.tokens);
});

test('a box on a picture for a model that sees nothing: it gets the text of the whole picture, and the warnings say so', async () => {
  await useBlindModel();
  const whole = await attach(join(projectFolder, 'test', 'fixtures', 'labels', 'ticket.png'));
  const boxed = { ...whole, panScan: 'region' as const, regions: [{ x: 0, y: 0, width: 100, height: 20 }] };
  const { id } = await facet.client.request('conversation.create', {});
  const draft = { conversationId: id, parentId: null, text: 'Total?' };
  const warning = 'ticket.png: that is the text of the whole picture, not of the boxes alone';
  expect((await facet.client.request('context.plan', { ...draft, attachments: [boxed] })).warnings).toContain(warning);
  expect((await facet.client.request('context.plan', { ...draft, attachments: [whole] })).warnings).not.toContain(warning);
});

test('a picture without text on a model that sees nothing: said before anything is loaded, and the question is kept', async () => {
  const model = await useBlindModel();
  const loads: string[] = [];
  facet.client.on('engine.changed', ({ engine }) => loads.push(engine.kind));
  const use = await attach(join(projectFolder, 'test', 'fixtures', 'images', 'views', 'photo.png'));
  const { id } = await facet.client.request('conversation.create', {});
  const sent = await facet.client.request('message.send', { conversationId: id, parentId: null, text: 'Total?', attachments: [use] });
  expect((await facet.answered(sent.assistantMessageId)).state).toMatchObject({
    kind: 'failed',
    error: { code: 'modelCannotSee', details: { model: model.name, picture: 'photo.png' } },
  });
  expect(loads).toEqual([]);
  expect((await facet.client.request('conversation.open', { id })).messages[0]).toMatchObject({ text: 'Total?', attachments: [use] });
});

test('several pictures over several questions: numbered as shown, in order, and each prompt begins with the one before', async () => {
  const path = (name: string): string => join(projectFolder, 'test', 'fixtures', 'labels', `${name}.png`);
  const receipt = await attach(path('receipt'));
  const ticket = await attach(path('ticket'));
  const parcel = await attach(path('parcel'));
  const { id } = await facet.client.request('conversation.create', {});
  let parentId: string | null = null;
  let before: readonly number[] = [];
  const texts: string[] = [];
  for (const [text, attachments] of [
    ['Total?', [receipt]],
    ['Seat on picture 2?', [ticket]],
    ['Which is the oldest?', [parcel, receipt]],
  ] as const) {
    const draft = { conversationId: id, parentId, text, attachments };
    const plan = await facet.client.request('context.plan', draft);
    expect(plan.ids.slice(0, before.length)).toEqual(before);
    texts.push(plan.text);
    const sent = await facet.client.request('message.send', draft);
    const answer = await facet.answered(sent.assistantMessageId);
    if (answer.state.kind !== 'complete') throw new Error(JSON.stringify(answer.state));
    expect(answer.state.receipt.promptTokens).toBe(plan.tokens);
    expect(answer.state.receipt.cachedTokens).toBeGreaterThanOrEqual(before.length);
    // Each picture pays for its own label.
    const { usage } = plan;
    expect(usage.images).toBe(plan.images.reduce((sum, { tokens }) => sum + tokens, 0));
    before = plan.ids;
    parentId = answer.id;
  }
  const block = '<start_of_image><end_of_image>\n\n';
  expect(texts[0]).toContain(`<start_of_turn>user\n\n\n${block}Total?`);
  expect(texts[1]).toContain(`<start_of_turn>user\nPicture 1 came before. This is picture 2:\n\n${block}Seat on picture 2?`);
  expect(texts[2]).toContain(`<start_of_turn>user\nPicture 3:\n\n${block}Picture 1 again:\n\n${block}Which is the oldest?`);
});

test('pictures in reference mode have no numbers', async () => {
  const name = (file: string): string => join(projectFolder, 'test', 'fixtures', 'labels', file);
  const uses = [await attach(name('receipt.png')), await attach(name('ticket.png'))].map((use) => ({
    ...use,
    panScan: 'reference' as const,
  }));
  const plan = await facet.client.request('context.plan', { conversationId: null, parentId: null, text: 'Total?', attachments: uses });
  const block = '\n\n<start_of_image><end_of_image>\n\n';
  expect(plan.text).toBe(`<bos><start_of_turn>user\n${block}${block}Total?<end_of_turn>\n<start_of_turn>model\n`);
});
