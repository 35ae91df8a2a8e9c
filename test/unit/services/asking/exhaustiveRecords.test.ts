import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AssistantMessage } from '../../../../electron/shared/conversations.ts';
import type { Receipt } from '../../../../electron/shared/generation.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';
import { orderRecords } from '../../../fixtures/records/orderRecords.ts';
import { recordFiles } from '../../../fixtures/records/recordFiles.ts';

// Whole processes are started; a busy machine takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

let facet: ScriptedServices;
beforeAll(async () => {
  facet = await startScripted({ dataFolder: newDataFolder() });
  await facet.client.request('settings.update', { patch: { modelId, contextTokens: 4_096 } });
});
afterAll(async () => {
  await facet.close();
  removeDataFolder(facet.dataFolder);
});

const files = recordFiles.filter(({ name }) => /xlsx|csv|ods|docx|html|wrapped|once/.test(name));

test.each(files)('300 records as $what, part by part: every one is listed once where it stands, and the count is right', async (file) => {
  const path = join(facet.dataFolder, file.name);
  writeFileSync(path, file.bytes());
  const { id } = await facet.client.request('attachment.addFile', { path });
  const { id: conversationId } = await facet.client.request('conversation.create', {});
  const sent = await facet.client.request('message.send', {
    conversationId,
    parentId: null,
    text: 'How many different orders are there? [[list A-\\d+]]',
    attachments: [{ attachmentId: id, panScan: 'off', regions: [] }],
    options: { mode: 'exhaustive' },
  });
  const answer = await facet.answered(sent.assistantMessageId);
  const numbers = [...new Set(orderRecords.map(({ order }) => order))];
  const items = answer.text.split('\n').filter((line) => line.startsWith('- '));
  expect(items.map((item) => /A-\d+/.exec(item)?.[0])).toEqual(numbers);
  expect(answer.text).toMatch(new RegExp(`Every part was read\\. Found \\*\\*${numbers.length}\\*\\*\\.$`));
  const texts = new Map((await facet.client.request('attachment.text', { id })).map(({ page, text }) => [page, text]));
  for (const item of items) {
    const [, order = '', page = '1'] = /^- (A-\d+)(?: \(page (\d+)\))?$/.exec(item) ?? [];
    expect(texts.get(Number(page))).toContain(`| ${order} |`);
  }
  const [read] = receiptOf(answer).coverage?.documents ?? [];
  expect(read?.charactersRead).toBe(read?.characters);
  expect(read).toMatchObject({ pages: file.pages, pagesRead: Array.from({ length: file.pages }, (_, index) => index + 1) });
});

function receiptOf({ state }: AssistantMessage): Receipt {
  if (state.kind !== 'complete') throw new Error(JSON.stringify(state));
  return state.receipt;
}
