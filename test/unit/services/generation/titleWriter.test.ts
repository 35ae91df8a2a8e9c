import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunParams, RunResult } from '../../../../electron/engine/engineContract.ts';
import { createCompactionStore } from '../../../../electron/services/compaction/compactionStore.ts';
import { createAnswerTokenStore } from '../../../../electron/services/conversations/answerTokenStore.ts';
import { type ConversationStore, createConversationStore } from '../../../../electron/services/conversations/conversationStore.ts';
import { createMessageStore } from '../../../../electron/services/conversations/messageStore.ts';
import { type Database, openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import type { GenerationParts } from '../../../../electron/services/generation/generationParts.ts';
import { type TitleWriter, createTitleWriter } from '../../../../electron/services/generation/titleWriter.ts';
import type { AnswerState, AssistantMessage } from '../../../../electron/shared/conversations.ts';
import { facetError } from '../../../../electron/shared/errors.ts';
import { asPrivateId } from '../../../../electron/shared/privateIds.ts';

const complete = { kind: 'complete', receipt: {} } as unknown as AnswerState;
const cancelled: RunResult = {
  text: '',
  ids: [],
  stopReason: 'cancelled',
  promptTokens: 0,
  cachedTokens: 0,
  prefillMs: 0,
  takeUpMs: 0,
  firstTokenMs: 0,
  decodeMs: 0,
  drafted: 0,
  accepted: 0,
};

const idleMs = 5;
/** Long after the idle time. */
const later = (): Promise<void> => delay(60);

let database: Database;
let conversations: ConversationStore;
let titles: TitleWriter;
let answer: AssistantMessage;
let conversationId: string;
let asked: RunParams[];
let busy: boolean;
let lockHeld: boolean;
/** How the engine answers. */
let engine: (params: RunParams, signal: AbortSignal) => Promise<RunResult>;
let profile: 'turns' | 'transcript';

beforeEach(() => {
  database = openDatabase(':memory:');
  conversations = createConversationStore(database);
  const messages = createMessageStore(database, 's');
  conversationId = conversations.create('', 1).id;
  const question = messages.addQuestion({ conversationId, parentId: null, text: 'How do I cook rice?', attachments: [] }, 1);
  answer = messages.addAnswer(conversationId, question.id, complete, 1);
  messages.saveAnswer(answer.id, 'Boil it.', complete);
  asked = [];
  busy = false;
  lockHeld = false;
  profile = 'turns';
  engine = () => Promise.resolve({ ...cancelled, text: '"Cooking rice"', stopReason: 'endOfTurn' });
  const parts = {
    conversations,
    messages,
    compactions: createCompactionStore(database),
    tokens: createAnswerTokenStore(database),
    emit: () => undefined,
    lock: { tryAcquire: () => !lockHeld && (lockHeld = true), release: () => (lockHeld = false) },
    host: { active: () => ({ model: { size: '1B', text: { sha256: 'x' } }, profile, vocabularyOnly: false }) },
    engine: {
      request: (_name: string, params: RunParams, signal: AbortSignal) => {
        asked.push(params);
        return engine(params, signal);
      },
    },
  } as unknown as GenerationParts;
  titles = createTitleWriter(parts, () => busy, idleMs);
});
afterEach(async () => {
  await titles.close();
  database.close();
});

test('in idle time the model names the conversation in one more turn after it', async () => {
  titles.answered(answer, complete);
  expect(asked).toHaveLength(0);
  await later();
  expect(conversations.summary(conversationId)).toMatchObject({ title: 'Cooking rice', titledBy: 'model' });
  expect(asked[0]?.parts.at(0)).toEqual({ kind: 'control', text: '<start_of_turn>user\n' });
  expect(lockHeld).toBe(false);
});

test('a question stops it at once, and no half title is kept', async () => {
  engine = (_params, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve({ ...cancelled, text: 'Cook' }));
    });
  titles.answered(answer, complete);
  await later();
  expect(asked).toHaveLength(1);
  titles.makeWay();
  await titles.close();
  expect(conversations.summary(conversationId)?.title).toBe('');
  expect(lockHeld).toBe(false);
});

test('nobody is asked while something else runs, for pretrained checkpoints, after failures, or where a user gave a name', async () => {
  busy = true;
  titles.answered(answer, complete);
  await later();
  busy = false;
  profile = 'transcript';
  titles.answered(answer, complete);
  await later();
  profile = 'turns';
  titles.answered(answer, { kind: 'failed', error: facetError('cancelled', {}).data });
  await later();
  conversations.retitle(conversationId, 'Mine', 'user');
  titles.answered(answer, complete);
  await later();
  expect(asked).toHaveLength(0);
  expect(conversations.summary(conversationId)?.title).toBe('Mine');
});

test('a private chat gets no title', async () => {
  titles.answered({ ...answer, conversationId: asPrivateId(conversationId) }, complete);
  await later();
  expect(asked).toEqual([]);
});

test('a name given while the model thinks wins', async () => {
  engine = () => {
    conversations.retitle(conversationId, 'Mine', 'user');
    return Promise.resolve({ ...cancelled, text: 'Rice', stopReason: 'endOfTurn' });
  };
  titles.answered(answer, complete);
  await later();
  expect(conversations.summary(conversationId)).toMatchObject({ title: 'Mine', titledBy: 'user' });
});
