import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AssistantMessage, Compaction } from '../../../../electron/shared/conversations.ts';
import type { Receipt } from '../../../../electron/shared/generation.ts';
import { type ScriptedServices, modelId, newDataFolder, removeDataFolder, startScripted } from '../../../fakes/scriptedServices.ts';

let facet: ScriptedServices;
const dataFolder = newDataFolder();

beforeAll(async () => {
  facet = await startScripted({ dataFolder });
  await facet.client.request('settings.update', { patch: { modelId } });
});
afterAll(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

/** A chat of `turns` questions; the first decides what its summary says. */
async function chat(
  turns: number,
  summary = 'the code is 4711',
): Promise<{ readonly id: string; readonly answers: readonly AssistantMessage[] }> {
  const { id } = await facet.client.request('conversation.create', {});
  const answers: AssistantMessage[] = [];
  for (let turn = 1; turn <= turns; turn++) {
    answers.push(
      await ask(id, answers.at(-1)?.id ?? null, `turn ${String(turn)} [[say ${turn === 1 ? summary : `answer ${String(turn)}`}]]`),
    );
  }
  return { id, answers };
}

async function ask(conversationId: string, parentId: string | null, text: string): Promise<AssistantMessage> {
  const sent = await facet.client.request('message.send', { conversationId, parentId, text, attachments: [] });
  return facet.answered(sent.assistantMessageId);
}

function receipt({ state }: AssistantMessage): Receipt {
  if (state.kind !== 'complete') throw new Error(state.kind);
  return state.receipt;
}

async function promptOf(conversationId: string, parentId: string, text = 'next'): Promise<string> {
  return (await facet.client.request('context.plan', { conversationId, parentId, text, attachments: [] })).text;
}

test('a summary stands in the place of older turns, is told as it is written, and undoing it gives back the very same prompt', async () => {
  const { id, answers } = await chat(4);
  const head = answers[3]?.id ?? '';
  const before = await promptOf(id, head);
  const told: string[] = [];
  const stop = facet.client.on('compaction.written', ({ text }) => told.push(text));
  const compaction = await facet.client.request('conversation.compact', { id });
  stop();
  expect(compaction).toMatchObject({
    afterId: answers[2]?.id,
    messages: 6,
    summary: 'the code is 4711',
    model: expect.any(String) as string,
  });
  expect(told.length).toBeGreaterThan(0);

  const after = await promptOf(id, head);
  expect(after).toContain('the code is 4711');
  expect(after).toContain('turn 4');
  expect(after).not.toContain('turn 2');
  const conversation = await facet.client.request('conversation.open', { id });
  expect(conversation.compactions).toEqual([compaction]);
  // What it stands for is still there to be read.
  expect(conversation.messages).toHaveLength(8);
  const answer = await ask(id, head, 'and now?');
  expect(receipt(answer).summarisedMessages).toBe(6);

  await facet.client.request('conversation.undoCompact', { id, compactionId: compaction.id });
  expect(await promptOf(id, head)).toBe(before);
  expect((await facet.client.request('conversation.open', { id })).compactions).toEqual([]);
});

test('answering again and editing before the end of a summary read the turns themselves; after it, the summary', async () => {
  const { id, answers } = await chat(3);
  await facet.client.request('conversation.compact', { id });
  const again = async (messageId: string): Promise<AssistantMessage> => {
    const sent = await facet.client.request('message.regenerate', { messageId });
    return facet.answered(sent.assistantMessageId);
  };
  expect(receipt(await again(answers[1]?.id ?? '')).summarisedMessages).toBeUndefined();
  expect(receipt(await again(answers[2]?.id ?? '')).summarisedMessages).toBe(4);
});

test('a second summary is made from the first and what followed it', async () => {
  const { id, answers } = await chat(3);
  const first = await facet.client.request('conversation.compact', { id });
  const later = await ask(id, answers[2]?.id ?? '', 'turn 4');
  const second = await facet.client.request('conversation.compact', { id });
  expect(second).toMatchObject({ afterId: answers[2]?.id, messages: 6 });
  await expect(facet.client.request('conversation.compact', { id })).rejects.toMatchObject({ data: { code: 'invalidRequest' } });
  await facet.client.request('conversation.undoCompact', { id, compactionId: second.id });
  expect(await promptOf(id, later.id)).toContain(first.summary);
});

test('stopped half way, nothing of it is kept', async () => {
  const { id } = await facet.client.request('conversation.create', {});
  const slow = await ask(id, null, 'turn 1 [[slow 10]] [[tokens 60]]');
  await ask(id, slow.id, 'turn 2');
  const abort = new AbortController();
  const begun = new Promise<void>((resolve) => {
    const stop = facet.client.on('compaction.written', () => {
      stop();
      resolve();
    });
  });
  const compacting = facet.client.request('conversation.compact', { id }, abort.signal);
  await begun;
  abort.abort();
  await expect(compacting).rejects.toMatchObject({ data: { code: 'cancelled' } });
  expect((await facet.client.request('conversation.open', { id })).compactions).toEqual([]);
});

test('turns that are too long to be read at once are summarised in rounds', async () => {
  const { id } = await chat(3, 'short');
  await facet.client.request('model.load', { id: modelId, overrides: { contextTokens: 512 } });
  const long = await ask(id, (await facet.client.request('conversation.open', { id })).headId, 'filler '.repeat(330));
  await ask(id, long.id, 'last');
  const parts: number[] = [];
  const stop = facet.client.on('compaction.written', (written) => parts.push(written.parts));
  const made: Compaction = await facet.client.request('conversation.compact', { id });
  stop();
  expect(Math.max(...parts)).toBeGreaterThan(1);
  expect(made.messages).toBe(8);
  await facet.client.request('model.load', { id: modelId, overrides: {} });
});

test('a summary made by another run on the same data is told, and so is its end', async () => {
  const { id } = await chat(2);
  const other = await startScripted({ dataFolder });
  try {
    const told: string[] = [];
    // Of this chat alone: what this run itself wrote shortly before may be told once more.
    const stops = [
      facet.client.on('compaction.added', ({ compaction }) => compaction.conversationId === id && told.push(`added ${compaction.id}`)),
      facet.client.on('compaction.removed', (removed) => removed.conversationId === id && told.push(`removed ${removed.id}`)),
    ];
    const { id: compactionId } = await other.client.request('conversation.compact', { id });
    await expect.poll(() => told, { timeout: 20_000 }).toEqual([`added ${compactionId}`]);
    await other.client.request('conversation.undoCompact', { id, compactionId });
    await expect.poll(() => told, { timeout: 20_000 }).toEqual([`added ${compactionId}`, `removed ${compactionId}`]);
    for (const stop of stops) stop();
  } finally {
    await other.close();
  }
});

test('both the turns and their summary are exported', async () => {
  const { id } = await chat(2);
  await facet.client.request('conversation.compact', { id });
  const { text } = await facet.client.request('conversation.export', { id, format: 'markdown' });
  expect(text).toContain('turn 1');
  expect(text).toMatch(/## Summary\n\n\*Read in place of the 2 messages above\. Written by .*\*\n\nthe code is 4711/);
  const json = await facet.client.request('conversation.export', { id, format: 'json' });
  expect(JSON.parse(json.text)).toMatchObject({ compactions: [{ summary: 'the code is 4711' }] });
});
