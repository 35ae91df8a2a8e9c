import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerWarnings } from '../../../../electron/headless/commands/askReport.ts';
import type { Attachment } from '../../../../electron/shared/attachments.ts';
import type { SendOptions, SentMessage } from '../../../../electron/shared/contract.ts';
import type { AssistantMessage, AttachmentUse } from '../../../../electron/shared/conversations.ts';
import type { Receipt } from '../../../../electron/shared/generation.ts';
import {
  type ScriptedServices,
  modelId,
  newDataFolder,
  projectFolder,
  removeDataFolder,
  startScripted,
} from '../../../fakes/scriptedServices.ts';

const name = 'lease.pdf';
let dataFolder: string;
let gate: string;
let facet: ScriptedServices;
let lease: AttachmentUse;
/** Pages that the last announcement said are ready. */
let announced: number;

/** The reader tells of two of the five pages and then of nothing until the gate is opened. */
beforeEach(async () => {
  dataFolder = newDataFolder();
  gate = join(dataFolder, 'gate');
  facet = await startScripted({ dataFolder, env: { FACET_READER_GATE: gate, FACET_READER_PAGES: '2' } });
  await facet.client.request('settings.update', { patch: { modelId, contextTokens: 8_192, maxTokens: 64 } });
  announced = 0;
  facet.client.on('attachment.changed', (event) => {
    announced = readyPages(event.attachment);
  });
  const { id } = await facet.client.request('attachment.addFile', { path: join(projectFolder, 'test/fixtures/documents', name) });
  lease = { attachmentId: id, panScan: 'off', regions: [] };
  // The newest page is told of, although none follows it.
  await vi.waitUntil(() => announced === 2, { timeout: 30_000 });
});
afterEach(async () => {
  openGate();
  await facet.close();
  removeDataFolder(dataFolder);
});

const openGate = (): void => writeFileSync(gate, '');
async function attachment(): Promise<Attachment> {
  const { state } = await facet.client.request('app.snapshot', {});
  const [only] = state.attachments;
  if (only === undefined) throw new Error('not added');
  return only;
}
const readyPages = ({ state }: Attachment): number => (state.kind === 'reading' ? (state.ready ?? 0) : 0);

async function send(text: string, options: SendOptions): Promise<SentMessage> {
  const { id: conversationId } = await facet.client.request('conversation.create', {});
  return facet.client.request('message.send', { conversationId, parentId: null, text, attachments: [lease], options });
}
async function answered(sent: SentMessage | Promise<SentMessage>): Promise<AssistantMessage> {
  return facet.answered((await sent).assistantMessageId);
}
function receiptOf({ state }: AssistantMessage): Receipt {
  if (state.kind !== 'complete') throw new Error(JSON.stringify(state));
  return state.receipt;
}

test('the first pages can be asked about while the rest is being read, and the answer says so; asked again, it is from all', async () => {
  expect((await attachment()).state).toEqual({ kind: 'reading', done: 2, total: 5, ready: 2 });
  await facet.client.request('model.load', { id: modelId });
  const usage = await facet.client.request('context.measure', {
    conversationId: null,
    parentId: null,
    text: 'x',
    attachments: [lease],
    soFar: true,
  });
  expect(usage.asking?.documents).toMatchObject([{ pages: 5, stillReading: 3 }]);

  const texts = await facet.client.request('attachment.text', { id: lease.attachmentId, soFar: true });
  expect(texts.map(({ page }) => page)).toEqual([1, 2]);
  const words = /(?:\p{L}+ ){4}\p{L}+/u.exec(texts[1]?.text ?? '')?.[0];
  const sent = await send(`Who? [[say “${words ?? ''}”]]`, { mode: 'whole', soFar: true });
  const partial = receiptOf(await facet.answered(sent.assistantMessageId));
  expect(partial.coverage?.documents).toMatchObject([{ pagesRead: [1, 2], pages: 5, stillReading: 3 }]);
  expect(answerWarnings(partial)).toContain('lease.pdf: answered from pages 1–2 of 5; the rest was still being read');
  // The words are found on the pages that are there, with their place, without waiting for the rest.
  expect(partial.citations?.[0]?.source?.page).toBe(2);
  expect(partial.citations?.[0]?.source?.rectangles.length).toBeGreaterThan(0);
  expect((await attachment()).state.kind).toBe('reading');

  openGate();
  await facet.client.request('attachment.read', { id: lease.attachmentId });
  const again = await facet.client.request('message.regenerate', { messageId: sent.assistantMessageId });
  const whole = receiptOf(await facet.answered(again.assistantMessageId));
  expect(whole.coverage?.documents).toMatchObject([{ pagesRead: [1, 2, 3, 4, 5], pages: 5 }]);
  expect(whole.coverage?.documents[0]).not.toHaveProperty('stillReading');
  expect(answerWarnings(whole).join(' ')).not.toContain('still being read');
  expect(whole.promptTokens).toBeGreaterThan(partial.promptTokens);
});

test.each(['relevant', 'exhaustive'] as const)('in mode %s too', async (mode) => {
  const { coverage } = receiptOf(await answered(send('List all of the [[list premises]]', { mode, soFar: true })));
  const [part] = coverage?.documents ?? [];
  expect(part).toMatchObject({ pages: 5, stillReading: 3 });
  expect(Math.max(...(part?.pagesRead ?? [9]))).toBeLessThanOrEqual(2);
});

test('without being told to, a question waits for all of it', async () => {
  const answer = answered(send('Who?', { mode: 'whole' }));
  await expect(Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 500, 'waits'))])).resolves.toBe('waits');
  openGate();
  expect(receiptOf(await answer).coverage?.documents).toMatchObject([{ pagesRead: [1, 2, 3, 4, 5] }]);
});

test('an answer that goes on has the pages that it was begun with', async () => {
  const first = await answered(send('[[tokens 40]]', { mode: 'whole', soFar: true, maxTokens: 8 }));
  expect(receiptOf(first).stopReason).toBe('maxTokens');
  openGate();
  await facet.client.request('attachment.read', { id: lease.attachmentId });
  await facet.client.request('message.continue', { messageId: first.id });
  const { coverage } = receiptOf(await facet.answered(first.id));
  expect(coverage?.documents).toMatchObject([{ pagesRead: [1, 2], pages: 5, stillReading: 3 }]);
});

test('tables are not computed from a part of a document', async () => {
  const { state } = await answered(send('What is the total?', { mode: 'tables', soFar: true }));
  expect(state).toMatchObject({ kind: 'failed', error: { code: 'invalidRequest', details: { field: 'mode' } } });
});
