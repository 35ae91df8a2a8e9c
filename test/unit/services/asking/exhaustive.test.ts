import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AssistantMessage } from '../../../../electron/shared/conversations.ts';
import type { GenerationStage, Receipt } from '../../../../electron/shared/generation.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';

let dataFolder: string;
let facet: ScriptedServices;
/** 300 records, some of which are named twice. */
const records = Array.from(
  { length: 300 },
  (_, index) => `Order ${1000 + index} of customer ${index % 17} was shipped on day ${index % 28}.`,
);

beforeEach(async () => {
  dataFolder = newDataFolder();
  facet = await startScripted({ dataFolder });
  await facet.client.request('settings.update', { patch: { modelId, contextTokens: 1_024 } });
  const twice = ['Order 1007 was sent again.', 'Order 1299 was lost.'];
  writeFileSync(join(dataFolder, 'orders.txt'), [...records, ...twice].join('\n'));
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function ask(
  text: string,
  onStage: (stage: GenerationStage, messageId: string) => void = () => undefined,
): Promise<AssistantMessage> {
  const { id } = await facet.client.request('attachment.addFile', { path: join(dataFolder, 'orders.txt') });
  const conversation = await facet.client.request('conversation.create', {});
  const stop = facet.client.on('message.staged', ({ stage, messageId }) => onStage(stage, messageId));
  const sent = await facet.client.request('message.send', {
    conversationId: conversation.id,
    parentId: null,
    text,
    attachments: [{ attachmentId: id, panScan: 'off', regions: [] }],
    options: { mode: 'exhaustive' },
  });
  const answer = await facet.answered(sent.assistantMessageId);
  stop();
  return answer;
}
function receiptOf({ state }: AssistantMessage): Receipt {
  if ((state.kind !== 'complete' && state.kind !== 'cancelled') || state.receipt === null) throw new Error(JSON.stringify(state));
  return state.receipt;
}

test('300 records that do not fit at once: every one is listed once, and the count is right', async () => {
  const stages: GenerationStage[] = [];
  const answer = await ask('How many orders are there? [[list Order \\d+]]', (stage) => stages.push(stage));
  const items = answer.text.split('\n').filter((line) => line.startsWith('- '));
  expect(items).toHaveLength(300);
  expect(new Set(items).size).toBe(300);
  expect(answer.text).toMatch(/Every part was read\. Found \*\*300\*\*\.$/);
  const { coverage } = receiptOf(answer);
  expect(coverage?.mode).toBe('exhaustive');
  expect(coverage?.documents[0]?.charactersRead).toBe(coverage?.documents[0]?.characters);
  const parts = stages.flatMap((stage) => (stage.kind === 'readingParts' ? [stage] : []));
  expect(parts.at(-1)?.parts).toBeGreaterThan(5);
  // Stages are told some times a second, so on a quick machine only the first is.
  const found = parts.map((stage) => stage.found);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
});

test('what the model makes up is told apart and not counted', async () => {
  const answer = await ask('List all the animals. [[say - unicorn]]');
  expect(answer.text).toContain('Found nothing that was asked for');
  expect(answer.text).toMatch(/Not counted, because .*\n- unicorn$/);
});

test('stopping keeps what was found so far, and says how far it came', async () => {
  let stopped = false;
  const answer = await ask('List all orders. [[list Order \\d+]] [[slow 5]]', (stage, messageId) => {
    if (stage.kind !== 'readingParts' || stage.found < 20 || stopped) return;
    stopped = true;
    void facet.client.request('message.cancel', { messageId });
  });
  expect(answer.state.kind).toBe('cancelled');
  expect(answer.text).toContain('- Order 1000');
  expect(answer.text).toContain('Stopped before the end');
  const part = receiptOf(answer).coverage?.documents[0];
  expect(part?.charactersRead).toBeGreaterThan(0);
  expect(part?.charactersRead).toBeLessThan(part?.characters ?? 0);
});

test('a summary is made from notes on every part', async () => {
  const answer = await ask('Summarise this. [[say It is about orders.]]');
  expect(answer.text).toBe('It is about orders.');
  const { coverage, promptTokens } = receiptOf(answer);
  expect(coverage?.documents[0]?.charactersRead).toBe(coverage?.documents[0]?.characters);
  expect(promptTokens).toBeGreaterThan(2_000);
});
