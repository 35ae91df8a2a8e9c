import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AskMode } from '../../../../electron/shared/asking.ts';
import type { AssistantMessage } from '../../../../electron/shared/conversations.ts';
import type { TableResult } from '../../../../electron/shared/tableQuery.ts';
import { parseTableQuery } from '../../../../electron/shared/validation.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';

let dataFolder: string;
let facet: ScriptedServices;
beforeEach(async () => {
  dataFolder = newDataFolder();
  facet = await startScripted({ dataFolder });
  await facet.client.request('settings.update', { patch: { modelId, contextTokens: 1_024 } });
  const rows = Array.from({ length: 300 }, (_, index) => `A${index};${index % 3 === 0 ? 'Berg' : 'Klein'};"${index},50 €"`);
  writeFileSync(join(dataFolder, 'orders.csv'), ['Order;Customer;Amount', ...rows].join('\n'));
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function ask(question: string, mode: AskMode, says: string): Promise<AssistantMessage> {
  const { id } = await facet.client.request('attachment.addFile', { path: join(dataFolder, 'orders.csv') });
  const conversation = await facet.client.request('conversation.create', {});
  const sent = await facet.client.request('message.send', {
    conversationId: conversation.id,
    parentId: null,
    text: `${question} [[say ${says}]]`,
    attachments: [{ attachmentId: id, panScan: 'off', regions: [] }],
    options: { mode },
  });
  return facet.answered(sent.assistantMessageId);
}

const sumOfBerg = '{"aggregate":"sum","aggregateColumn":"Amount","filters":[{"column":"Customer","operator":"=","value":"berg"}]}';

test('a figure out of 300 rows that would not fit is computed from the query that the model wrote, and both are kept', async () => {
  const answer = await ask('What is the sum of the amounts of Berg?', 'auto', sumOfBerg);
  expect(answer.text).toBe('**14900**\n\nComputed: sum of Amount where Customer is berg; 100 of 300 rows.');
  expect(answer.state).toMatchObject({
    kind: 'complete',
    receipt: {
      table: { rows: [[14_900]], matched: 100, query: { aggregate: 'sum' }, columnNumbers: [3], addressed: true },
      coverage: { mode: 'tables' },
    },
  });
});

describe('the user’s own query', () => {
  const query = parseTableQuery('{"aggregate":"count"}');

  test('replaces the answer without a model, is kept over a restart, and is what the next turn sees', async () => {
    const answer = await ask('What is the sum of the amounts of Berg?', 'auto', sumOfBerg);
    const attachmentId = tableOf(answer)?.attachmentId ?? '';
    await facet.client.request('model.unload', {});
    const result = await facet.client.request('message.compute', { messageId: answer.id, attachmentId, query });
    expect(result).toMatchObject({ rows: [[300]], matched: 300 });
    await facet.close();
    facet = await startScripted({ dataFolder });
    const { messages } = await facet.client.request('conversation.open', { id: answer.conversationId });
    const kept = messages.find(({ id }) => id === answer.id);
    expect(kept).toMatchObject({
      text: '**300**\n\nComputed: number of rows; 300 of 300 rows.',
      state: { receipt: { table: { rows: [[300]] } } },
    });
  });

  test('mends an answer for which the model wrote none', async () => {
    const answer = await ask('How many orders are there?', 'auto', '{"aggregate":"median"}');
    expect(answer.text).toMatch(/^Nothing was computed/);
    expect(answer.state).toMatchObject({ kind: 'complete', receipt: { warnings: [expect.stringContaining('query.aggregate')] } });
    const attachmentId = answer.state.kind === 'complete' ? (answer.state.receipt.documents[0]?.attachmentId ?? '') : '';
    await facet.client.request('message.compute', { messageId: answer.id, attachmentId, query });
    const { messages } = await facet.client.request('conversation.open', { id: answer.conversationId });
    expect(messages.at(-1)).toMatchObject({ text: expect.stringContaining('**300**') as string, state: { receipt: { warnings: [] } } });
  });

  test('is refused for another document, a table or a column that is not there, and an answer out of a text', async () => {
    const answer = await ask('How many orders are there?', 'auto', '{"aggregate":"count"}');
    const attachmentId = tableOf(answer)?.attachmentId ?? '';
    const compute = (change: object) => facet.client.request('message.compute', { messageId: answer.id, attachmentId, query, ...change });
    await expect(compute({ attachmentId: 'other' })).rejects.toMatchObject({ data: { code: 'invalidRequest' } });
    await expect(compute({ query: { ...query, table: 2 } })).rejects.toMatchObject({ data: { details: { field: 'query.table' } } });
    await expect(compute({ query: { ...query, groupBy: 'Price' } })).rejects.toMatchObject({
      data: { details: { field: 'query', reason: expect.stringContaining('no column “Price”') as string } },
    });
    await expect(compute({ query: { ...query, table: 0 } })).rejects.toMatchObject({ data: { code: 'invalidRequest' } });
    const plain = await ask('Where is Berg?', 'relevant', 'here');
    await expect(compute({ messageId: plain.id })).rejects.toMatchObject({ data: { details: { field: 'messageId' } } });
    const { messages } = await facet.client.request('conversation.open', { id: answer.conversationId });
    expect(messages.at(-1)?.text).toBe(answer.text);
  });

  test('a document’s tables are described, computed and exported without any chat', async () => {
    const { id: attachmentId } = await facet.client.request('attachment.addFile', { path: join(dataFolder, 'orders.csv') });
    expect(await facet.client.request('table.describe', { attachmentId })).toEqual([
      {
        ...{ table: 1, page: 1, lastPage: 1, name: '', rows: 300 },
        columns: [
          { name: 'Order', type: 'text' },
          { name: 'Customer', type: 'text' },
          { name: 'Amount', type: 'number' },
        ],
      },
    ]);
    const largest = parseTableQuery('{"columns":["Order"],"order":{"column":"Amount","direction":"descending"},"limit":1}');
    expect(await facet.client.request('table.run', { attachmentId, query: largest })).toMatchObject({ rows: [['A299']], sources: [[301]] });
    const text = (await facet.client.request('attachment.text', { id: attachmentId }))[0]?.text ?? '';
    const place = await facet.client.request('table.findRow', { attachmentId, table: 1, row: 301 });
    expect(text.slice(place?.start, place?.end)).toBe('| A299 | Klein | 299,50 € |');
    expect(await facet.client.request('table.findRow', { attachmentId, table: 1, row: 302 })).toBeNull();
    const file = await facet.client.request('table.export', { attachmentId, query: largest, format: 'csv' });
    expect({ ...file, base64: Buffer.from(file.base64, 'base64').toString() }).toEqual({
      fileName: 'orders result.csv',
      mime: 'text/csv',
      base64: '\ufeffOrder\r\nA299\r\n',
    });
  });
});

function tableOf({ state }: AssistantMessage): TableResult | undefined {
  return state.kind === 'complete' ? state.receipt.table : undefined;
}
