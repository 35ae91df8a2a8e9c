import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AssistantMessage, AttachmentUse } from '../../../../electron/shared/conversations.ts';
import type { FitChoice } from '../../../../electron/shared/fitChoices.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';

let facet: ScriptedServices;
const dataFolder = newDataFolder();

beforeAll(async () => {
  facet = await startScripted({ dataFolder });
  await facet.client.request('settings.update', { patch: { modelId, contextTokens: 512 } });
});
afterAll(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

async function answered(sending: Promise<{ readonly assistantMessageId: string }>): Promise<AssistantMessage> {
  return facet.answered((await sending).assistantMessageId);
}

async function ask(
  text: string,
  attachments: readonly AttachmentUse[] = [],
  chat?: { id: string; parentId: string },
): Promise<AssistantMessage> {
  const conversationId = chat?.id ?? (await facet.client.request('conversation.create', {})).id;
  return answered(facet.client.request('message.send', { conversationId, parentId: chat?.parentId ?? null, text, attachments }));
}

function choicesOf({ state }: AssistantMessage): readonly FitChoice[] {
  if (state.kind !== 'failed' || state.error.code !== 'doesNotFit') throw new Error(JSON.stringify(state));
  return state.error.details.choices ?? [];
}

async function document(words: number): Promise<AttachmentUse> {
  const path = join(dataFolder, `report${String(words)}.txt`);
  writeFileSync(path, 'The chimney is cleaned in May. '.repeat(words / 6));
  const { id } = await facet.client.request('attachment.addFile', { path });
  await facet.client.request('attachment.read', { id });
  return { attachmentId: id, panScan: 'auto', regions: [] };
}

test('a larger context is offered with the memory that it takes, and makes it fit', async () => {
  const refused = await ask('word '.repeat(600));
  const choices = choicesOf(refused);
  expect(choices).toEqual([
    { kind: 'largerContext', contextTokens: 1024, totalBytes: expect.any(Number) as number, moreBytes: expect.any(Number) as number },
  ]);
  const [larger] = choices;
  if (larger?.kind !== 'largerContext') return;
  const estimate = await facet.client.request('model.estimate', {
    subject: { kind: 'model', id: modelId },
    contextTokens: 1024,
    cacheType: 'f16',
  });
  expect(larger.totalBytes).toBe(estimate.total);
  expect(larger.moreBytes).toBeGreaterThan(0);
  await facet.client.request('settings.update', { patch: { contextTokens: larger.contextTokens } });
  const again = await answered(facet.client.request('message.continue', { messageId: refused.id }));
  expect(again.state.kind).toBe('complete');
  await facet.client.request('settings.update', { patch: { contextTokens: 512 } });
});

test('a history that is too long can be summarised, and the same answer then comes', async () => {
  const first = await ask(`${'history '.repeat(300)} [[say short]]`);
  const refused = await ask('question '.repeat(120), [], { id: first.conversationId, parentId: first.id });
  expect(choicesOf(refused)).toContainEqual({
    kind: 'compactHistory',
    conversationId: first.conversationId,
    tokens: expect.any(Number) as number,
  });
  await facet.client.request('conversation.compact', { id: first.conversationId });
  const again = await answered(facet.client.request('message.continue', { messageId: refused.id }));
  expect(again.state.kind).toBe('complete');
});

test('a document that is too long can be read in part, or left out', async () => {
  const use = await document(600);
  const refused = await ask('When is the chimney cleaned?', [use]);
  const choices = choicesOf(refused);
  expect(choices.map(({ kind }) => kind)).toEqual(['largerContext', 'readRelevant', 'dropAttachment']);
  expect(choices).toContainEqual({
    kind: 'dropAttachment',
    attachmentId: use.attachmentId,
    file: 'report600.txt',
    tokens: expect.any(Number) as number,
  });
  const relevant = await answered(facet.client.request('message.continue', { messageId: refused.id, options: { mode: 'relevant' } }));
  expect(relevant.state).toMatchObject({ kind: 'complete', receipt: { coverage: { mode: 'relevant' } } });
  const again = await ask('When is the chimney cleaned?', [use]);
  const question = (await facet.client.request('conversation.open', { id: again.conversationId })).messages[0];
  const without = await answered(
    facet.client.request('message.edit', { messageId: question?.id ?? '', text: question?.text ?? '', without: [use.attachmentId] }),
  );
  expect(without.state).toMatchObject({ kind: 'complete', receipt: { documents: [] } });
});

test('nothing is offered that would not be enough', async () => {
  // More than the model's own 2,048 tokens, all of it in the question.
  expect(choicesOf(await ask('word '.repeat(3000)))).toEqual([]);
});
