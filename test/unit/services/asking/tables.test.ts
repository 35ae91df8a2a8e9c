import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AskMode } from '../../../../electron/shared/asking.ts';
import type { AssistantMessage } from '../../../../electron/shared/conversations.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';

// Whole processes are started; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

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

test('a figure out of 300 rows that would not fit is computed from the query that the model wrote, and both are kept', async () => {
  const answer = await ask(
    'What is the sum of the amounts of Berg?',
    'auto',
    '{"aggregate":"sum","aggregateColumn":"Amount","filters":[{"column":"Customer","operator":"=","value":"berg"}}',
  );
  // The script cannot write a closing bracket twice, so this query is damaged: it is refused, and no number is said.
  expect(answer.text).toMatch(/^Nothing was computed/);
  expect(answer.state).toMatchObject({ kind: 'complete', receipt: { warnings: [expect.stringContaining('it is not JSON')] } });
  const counted = await ask('How many orders are there?', 'auto', '{"aggregate":"sum","aggregateColumn":"Amount"}');
  expect(counted.text).toBe('**45000**\n\nComputed: sum of Amount; 300 of 300 rows.');
  expect(counted.state).toMatchObject({
    kind: 'complete',
    receipt: { table: { rows: [[45_000]], matched: 300, query: { aggregate: 'sum' } }, coverage: { mode: 'tables' } },
  });
});
