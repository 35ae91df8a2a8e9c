import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AskMode } from '../../../../electron/shared/asking.ts';
import type { AssistantMessage, AttachmentUse } from '../../../../electron/shared/conversations.ts';
import type { Receipt } from '../../../../electron/shared/generation.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';

let dataFolder: string;
let facet: ScriptedServices;
let manual: AttachmentUse;
const topics = ['boiler', 'garden', 'window', 'carpet', 'chimney', 'cellar', 'attic', 'fence', 'garage', 'stairs', 'kitchen', 'balcony'];

beforeEach(async () => {
  dataFolder = newDataFolder();
  facet = await startScripted({ dataFolder });
  await facet.client.request('settings.update', { patch: { modelId, contextTokens: 1_024, maxTokens: 64 } });
  const path = join(dataFolder, 'manual.md');
  writeFileSync(
    path,
    topics.map((topic) => `# The ${topic}\n\n${`The ${topic} is to be looked after as follows. `.repeat(40)}`).join('\n\n'),
  );
  const { id } = await facet.client.request('attachment.addFile', { path });
  await facet.client.request('attachment.read', { id });
  manual = { attachmentId: id, panScan: 'off', regions: [] };
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function ask(
  text: string,
  mode: AskMode | null,
  more: { conversationId?: string; parentId?: string; attachments?: readonly AttachmentUse[] } = {},
): Promise<AssistantMessage> {
  const conversationId = more.conversationId ?? (await facet.client.request('conversation.create', {})).id;
  const sent = await facet.client.request('message.send', {
    conversationId,
    parentId: more.parentId ?? null,
    text,
    attachments: more.attachments ?? [manual],
    ...(mode === null ? {} : { options: { mode } }),
  });
  return facet.answered(sent.assistantMessageId);
}
function receiptOf({ state }: AssistantMessage): Receipt {
  if (state.kind !== 'complete') throw new Error(JSON.stringify(state));
  return state.receipt;
}

test('what does not fit is refused whole, and answered from the parts that bear on the question, with their share told', async () => {
  expect((await ask('How is the chimney cleaned?', null)).state).toMatchObject({ kind: 'failed', error: { code: 'doesNotFit' } });
  const { coverage } = receiptOf(await ask('How is the chimney cleaned?', 'relevant'));
  expect(coverage).toMatchObject({ mode: 'relevant', documents: [{ file: 'manual.md' }] });
  const [part] = coverage?.documents ?? [];
  expect(part?.charactersRead).toBeGreaterThan(500);
  expect(part?.charactersRead).toBeLessThan((part?.characters ?? 0) / 4);

  const plan = await facet.client.request('context.plan', {
    conversationId: null,
    parentId: null,
    text: 'How is the chimney cleaned?',
    attachments: [manual],
    mode: 'relevant',
  });
  expect(plan.text).toContain('Excerpts from document “manual.md”');
  expect(plan.text).toContain('The chimney is to be');
  expect(plan.text).not.toContain('The garage is to be');
  expect(plan.asking).toMatchObject({ mode: 'relevant', wholeFits: false, passes: 1 });
  expect(plan.asking?.wholeTokens).toBeGreaterThan(1_024);
});

test('auto says which way it took and why, before and after, and what it will cost once anything was measured', async () => {
  const receipt = receiptOf(await ask('How is the chimney cleaned? [[prefill 300]] [[slow 2]] [[tokens 20]]', 'auto'));
  expect(receipt).toMatchObject({ predictedMs: null, coverage: { mode: 'relevant', reason: 'it does not fit' } });
  const draft = { conversationId: null, parentId: null, text: 'And the garage?', attachments: [manual] };
  const { asking, firstWord } = await facet.client.request('context.measure', { ...draft, mode: 'auto' });
  expect(asking).toMatchObject({ mode: 'relevant', reason: 'it does not fit', predictedMs: firstWord?.ms });
  // Of the earlier prompt only its start is the same: the other parts have to be read, and take what the first ones took.
  expect(firstWord?.cachedTokens).toBeLessThan((firstWord?.tokens ?? 0) / 2);
  expect(firstWord?.ms).toBeGreaterThan(50);
  expect(firstWord?.ms).toBeLessThan(2 * receipt.timings.prefillMs);
  const every = await facet.client.request('context.measure', { ...draft, mode: 'exhaustive' });
  expect(every.asking?.passes).toBeGreaterThan(1);
  expect(every.asking?.predictedMs).toBeGreaterThan(receipt.timings.prefillMs);
  expect(receiptOf(await ask('And the garage?', 'auto')).predictedMs).toBeGreaterThan(50);
});

test('the next question gets its own parts after the first, whose prompt stays as it was and is not read again', async () => {
  const first = await ask('How is the chimney cleaned?', 'relevant');
  const second = await ask('And the garage?', 'relevant', { conversationId: first.conversationId, parentId: first.id, attachments: [] });
  const { cachedTokens, coverage } = receiptOf(second);
  expect(cachedTokens).toBeGreaterThanOrEqual(receiptOf(first).promptTokens);
  expect(coverage?.documents[0]?.charactersRead).toBeGreaterThan(receiptOf(first).coverage?.documents[0]?.charactersRead ?? 0);
  // Written again without another wish, it is read the same way.
  const again = await facet.client.request('message.regenerate', { messageId: second.id });
  expect(receiptOf(await facet.answered(again.assistantMessageId)).coverage?.mode).toBe('relevant');
});

test('words that are nowhere in it: its beginning is given rather than nothing', async () => {
  const plan = await facet.client.request('context.plan', {
    conversationId: null,
    parentId: null,
    text: 'zyzzyva?',
    attachments: [manual],
    mode: 'relevant',
  });
  expect(plan.text).toContain('The boiler is to be');
});
