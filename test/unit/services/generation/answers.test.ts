import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SendOptions, SentMessage } from '../../../../electron/shared/contract.ts';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import type { AssistantMessage, AttachmentUse } from '../../../../electron/shared/conversations.ts';
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

async function start(env: Record<string, string> = {}): Promise<void> {
  facet = await startScripted({ dataFolder, env });
  await facet.client.request('settings.update', { patch: { modelId } });
}

interface Asked {
  readonly conversationId: string;
  readonly answer: AssistantMessage;
}

async function ask(
  text: string,
  {
    conversationId,
    parentId = null,
    attachments = [],
    options,
  }: Partial<{ conversationId: string; parentId: string | null; attachments: AttachmentUse[]; options: SendOptions }> = {},
): Promise<Asked> {
  const id = conversationId ?? (await facet.client.request('conversation.create', {})).id;
  const sent = await facet.client.request('message.send', {
    conversationId: id,
    parentId,
    text,
    attachments,
    ...(options === undefined ? {} : { options }),
  });
  return { conversationId: id, answer: await facet.answered(sent.assistantMessageId) };
}

beforeEach(() => {
  dataFolder = newDataFolder();
});
afterEach(async () => {
  await facet.close();
  removeDataFolder(dataFolder);
});

test('a question is answered, with a receipt, and read back the same', async () => {
  await start();
  const { conversationId, answer } = await ask('  hello there ');
  expect(answer.text).toBe('You said: hello there');
  expect(answer.state).toMatchObject({
    kind: 'complete',
    receipt: {
      model: { id: modelId, profile: 'turns', backend: 'scripted' },
      cachedTokens: 0,
      generatedTokens: 4,
      stopReason: 'endOfTurn',
    },
  });
  const conversation = await facet.client.request('conversation.open', { id: conversationId });
  expect(conversation.messages).toEqual([expect.objectContaining({ role: 'user', text: 'hello there' }), answer]);
  expect(conversation.headId).toBe(answer.id);
});

test('ten turns: each prefills only what is new', async () => {
  await start();
  let parentId: string | null = null;
  let conversationId: string | undefined;
  let before = 0;
  for (let turn = 1; turn <= 10; turn++) {
    const asked: Asked = await ask(`turn ${String(turn)} [[say answer number ${String(turn)}]]`, {
      ...(conversationId === undefined ? {} : { conversationId }),
      parentId,
    });
    ({ conversationId } = asked);
    parentId = asked.answer.id;
    const { state } = asked.answer;
    if (state.kind !== 'complete') throw new Error(state.kind);
    // Everything but the end of the last turn, this question and the markers is there already.
    if (turn > 1) expect(state.receipt.cachedTokens).toBe(before);
    before = state.receipt.promptTokens + state.receipt.generatedTokens;
  }
});

test('an engine killed while it writes leaves the partial answer, comes back, and the answer goes on', async () => {
  await start();
  const engines: string[] = [];
  facet.client.on('engine.changed', ({ engine }) => engines.push(engine.kind));
  const { answer } = await ask('[[die decode]] [[tokens 40]]');
  expect(answer.state).toMatchObject({
    kind: 'failed',
    error: { code: 'engineStopped', details: { reason: expect.stringContaining('SIGKILL') as string } },
  });
  expect(answer.text).toMatch(/^word1 .* word20/);
  await expect.poll(() => engines.at(-1), { timeout: 20_000 }).toBe('ready');
  expect(engines).toContain('restarting');
  await facet.client.request('message.continue', { messageId: answer.id });
  const whole = await facet.answered(answer.id);
  expect(whole.state.kind).toBe('complete');
  expect(whole.text).toBe(Array.from({ length: 40 }, (_, index) => `word${String(index + 1)}`).join(' '));
});

test('an engine killed in prefill fails the answer and keeps the question', async () => {
  await start();
  const { conversationId, answer } = await ask('important [[die prefill]]');
  expect(answer.state).toMatchObject({ kind: 'failed', error: { code: 'engineStopped' } });
  const { messages } = await facet.client.request('conversation.open', { id: conversationId });
  expect(messages[0]?.text).toBe('important [[die prefill]]');
  const again = await ask('still there', { conversationId, parentId: answer.id });
  expect(again.answer.text).toContain('still there');
});

test('an engine killed while it loads is started again and the answer comes', async () => {
  const fatal = join(dataFolder, 'die-once');
  writeFileSync(fatal, '');
  await start({ FACET_SCRIPT_DIE_IN_LOAD: fatal });
  const engines: string[] = [];
  facet.client.on('engine.changed', ({ engine }) => engines.push(engine.kind));
  const { answer } = await ask('hello');
  expect(answer.text).toBe('You said: hello');
  expect(engines).toEqual(expect.arrayContaining(['loading', 'restarting', 'ready']));
});

test('stopping keeps what was written, and it can go on', async () => {
  await start();
  const { id } = await facet.client.request('conversation.create', {});
  const sent = await facet.client.request('message.send', {
    conversationId: id,
    parentId: null,
    text: '[[slow 10]] [[tokens 100]]',
    attachments: [],
  });
  const answered = facet.answered(sent.assistantMessageId);
  await new Promise<void>((resolve) => facet.client.on('message.appended', () => resolve()));
  await facet.client.request('message.cancel', { messageId: sent.assistantMessageId });
  const stopped = await answered;
  expect(stopped.state).toMatchObject({ kind: 'cancelled', receipt: { stopReason: 'cancelled' } });
  expect(stopped.text).toMatch(/^word1/);
  await facet.client.request('message.continue', { messageId: stopped.id });
  const whole = await facet.answered(stopped.id);
  expect(whole.text.split(' ')).toHaveLength(100);
  expect(whole.state).toMatchObject({ kind: 'complete', receipt: { generatedTokens: 100 } });
});

test('a prompt that does not fit is refused with its numbers, and nothing is cut', async () => {
  await start();
  await facet.client.request('settings.update', { patch: { contextTokens: 512 } });
  const { answer } = await ask('word '.repeat(600));
  expect(answer.state).toMatchObject({
    kind: 'failed',
    error: { code: 'doesNotFit', details: { available: 512, largestContext: expect.any(Number) as number } },
  });
  if (answer.state.kind !== 'failed' || answer.state.error.code !== 'doesNotFit') return;
  const { needed, parts } = answer.state.error.details;
  expect(parts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(needed);
});

test('2,000 tokens cost less than 40 bytes of wire each', async () => {
  await start();
  let bytes = 0;
  let events = 0;
  facet.client.onAny((event, sequence) => {
    bytes += Buffer.byteLength(JSON.stringify({ kind: 'event', sequence, ...event }));
    events++;
  });
  const { answer } = await ask('[[slow 1]] [[tokens 2000]]');
  expect(answer.text.split(' ')).toHaveLength(2000);
  expect(events).toBeGreaterThan(40);
  expect(bytes / 2000).toBeLessThan(40);
});

test('regenerate and edit make branches, and a branch can be chosen', async () => {
  await start();
  const first = await ask('one');
  const again = await facet.client.request('message.regenerate', { messageId: first.answer.id });
  await facet.answered(again.assistantMessageId);
  const edited = await facet.client.request('message.edit', { messageId: again.userMessageId, text: 'two' });
  const answer = await facet.answered(edited.assistantMessageId);
  expect(answer.text).toBe('You said: two');
  const { messages, headId } = await facet.client.request('conversation.open', { id: first.conversationId });
  expect(messages).toHaveLength(5);
  expect(headId).toBe(answer.id);
  await facet.client.request('conversation.selectBranch', { id: first.conversationId, messageId: first.answer.id });
  expect((await facet.client.request('conversation.open', { id: first.conversationId })).headId).toBe(first.answer.id);
});

test('a connection that comes in the middle sees the answer whole, and its event numbers have no gap', async () => {
  await start();
  const { id } = await facet.client.request('conversation.create', {});
  const sent = await facet.client.request('message.send', {
    conversationId: id,
    parentId: null,
    text: '[[slow 5]] [[tokens 60]]',
    attachments: [],
  });
  const answered = facet.answered(sent.assistantMessageId);
  await new Promise<void>((resolve) => facet.client.on('message.appended', () => resolve()));
  const late = facet.connect();
  const numbers: number[] = [];
  let text: string | null = null;
  let appended = '';
  late.onAny((event, sequence) => {
    numbers.push(sequence);
    if (event.name === 'message.appended' && text !== null) appended += event.payload.text;
  });
  const { sequence } = await late.request('app.snapshot', {});
  expect(sequence).toBe(numbers.length);
  const opened = await late.request('conversation.open', { id });
  text = opened.messages.at(-1)?.text ?? '';
  expect(text).not.toBe('');
  const whole = await answered;
  expect(text + appended).toBe(whole.text);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('two runs of Facet on one data folder take turns and see each other', async () => {
  await start();
  const other = await startScripted({ dataFolder });
  try {
    const { id } = await facet.client.request('conversation.create', {});
    const first = await facet.client.request('message.send', {
      conversationId: id,
      parentId: null,
      text: '[[slow 10]] [[tokens 60]]',
      attachments: [],
    });
    const firstDone = facet.answered(first.assistantMessageId).then(() => performance.now());
    await new Promise<void>((resolve) => facet.client.on('message.appended', () => resolve()));
    const seenByFirst: string[] = [];
    facet.client.on('message.changed', ({ message }) => seenByFirst.push(message.text));
    const stages: string[] = [];
    other.client.on('message.staged', ({ stage }) => stages.push(stage.kind));
    const second = await other.client.request('conversation.create', {});
    const sent = await other.client.request('message.send', { conversationId: second.id, parentId: null, text: 'me too', attachments: [] });
    const secondDone = other.answered(sent.assistantMessageId).then(() => performance.now());
    expect(await secondDone).toBeGreaterThan(await firstDone);
    expect(stages[0]).toBe('waiting');
    await expect.poll(() => seenByFirst, { timeout: 20_000 }).toContain('You said: me too');
    expect((await facet.client.request('conversation.open', { id: second.id })).messages.at(-1)?.text).toBe('You said: me too');
  } finally {
    await other.close();
  }
});

test('another run that is killed while it writes: its partial answer stays, is failed, and its turn passes on', async () => {
  await start();
  const child = fork(join(projectFolder, 'test', 'fakes', 'askUntilKilled.ts'), [dataFolder], { execArgv: [] });
  const [sent] = (await once(child, 'message')) as [SentMessage];
  const failed = facet.answered(sent.assistantMessageId);
  child.kill('SIGKILL');
  const { answer } = await ask('my turn');
  expect(answer.text).toBe('You said: my turn');
  const left = await failed;
  expect(left.state).toMatchObject({ kind: 'failed', error: { code: 'engineStopped' } });
  expect(left.text).toMatch(/^word1 word2/);
});

test('an answer that cannot be stored is told as failed, and does not stop the next one', async () => {
  await start();
  const first = await ask('one');
  const database = openDatabase(join(dataFolder, 'facet.db'));
  try {
    database.exec(`CREATE TRIGGER refused BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'refused by the test'); END`);
    const second = await ask('two', { conversationId: first.conversationId, parentId: first.answer.id });
    expect(second.answer).toMatchObject({ text: 'You said: two', state: { kind: 'failed', error: { code: 'internal' } } });
    database.exec('DROP TRIGGER refused');
    const third = await ask('three', { conversationId: first.conversationId, parentId: first.answer.id });
    expect(third.answer).toMatchObject({ text: 'You said: three', state: { kind: 'complete' } });
  } finally {
    database.close();
  }
});
