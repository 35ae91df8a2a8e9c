import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newestLeafBelow, pathTo } from '../../../../electron/services/conversations/branches.ts';
import { createAnswerTokenStore } from '../../../../electron/services/conversations/answerTokenStore.ts';
import { shorten } from '../../../../electron/services/conversations/conversationRows.ts';
import { type ConversationStore, createConversationStore } from '../../../../electron/services/conversations/conversationStore.ts';
import { exportJson, exportMarkdown } from '../../../../electron/services/conversations/exportConversation.ts';
import { type MessageStore, createMessageStore } from '../../../../electron/services/conversations/messageStore.ts';
import { createConversationSearch } from '../../../../electron/services/conversations/searchConversations.ts';
import { everyWord } from '../../../../electron/services/search/markedExcerpt.ts';
import { type Database, openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import type { AnswerState, Conversation } from '../../../../electron/shared/conversations.ts';

const failed: AnswerState = { kind: 'failed', error: { code: 'engineStopped', details: { reason: 'x' } } };
const writing: AnswerState = { kind: 'generating', stage: { kind: 'waiting' } };

let database: Database;
let conversations: ConversationStore;
let messages: MessageStore;
beforeEach(() => {
  database = openDatabase(':memory:');
  conversations = createConversationStore(database);
  messages = createMessageStore(database, 'session');
});
afterEach(() => database.close());

function say(conversationId: string, question: string, answer: string): void {
  const asked = messages.addQuestion({ conversationId, parentId: null, text: question, attachments: [] }, 1);
  const { id } = messages.addAnswer(conversationId, asked.id, writing, 1);
  messages.saveText(id, answer.slice(0, 3));
  messages.saveAnswer(id, answer, failed);
  conversations.setHead(conversationId, id);
}

test('messages come back as they were stored, attachments in order', () => {
  const { id } = conversations.create('', 1);
  const attachments = [
    { attachmentId: 'b', panScan: 'region', regions: [{ x: 1, y: 2, width: 3, height: 4 }] },
    { attachmentId: 'a', panScan: 'auto', regions: [] },
  ] as const;
  const question = messages.addQuestion({ conversationId: id, parentId: null, text: 'look', attachments }, 5);
  const answer = messages.addAnswer(id, question.id, writing, 6);
  expect(messages.ofConversation(id)).toEqual([question, answer]);
  expect(messages.get(question.id)).toEqual(question);
  expect(conversations.list()[0]?.opening).toBe('look');
});

test('exact ids survive the database', () => {
  const { id } = conversations.create('', 1);
  const question = messages.addQuestion({ conversationId: id, parentId: null, text: 'q', attachments: [] }, 1);
  const answer = messages.addAnswer(id, question.id, writing, 1);
  const tokens = createAnswerTokenStore(database);
  const saved = { modelSha256: 'abc', rawText: ' x\n', ids: [0, 2, 262_144, 4_294_967_295] };
  tokens.save(answer.id, saved);
  expect(tokens.get(answer.id)).toEqual(saved);
  tokens.save(answer.id, { ...saved, ids: null });
  expect(tokens.get(answer.id)?.ids).toBeNull();
});

test('search finds words by their beginnings, with accents or without, in questions, answers and titles', () => {
  const { id } = conversations.create('', 1);
  say(id, 'Où est le café?', 'It is on Lantern Street.');
  conversations.retitle(id, 'Coffee in Paris', 'user');
  const search = createConversationSearch(database);
  const [hit] = search('lant', 10);
  expect(hit?.excerpt.slice(hit.matches[0]?.start, (hit.matches[0]?.start ?? 0) + (hit.matches[0]?.length ?? 0))).toBe('Lantern');
  expect(search('cafe', 10)).toHaveLength(1);
  expect(search('paris', 10)[0]).toMatchObject({ messageId: null, title: 'Coffee in Paris' });
  expect(search('nowhere', 10)).toEqual([]);
});

test('what is being written is not found until it is finished, and what was removed is not found', () => {
  const { id } = conversations.create('', 1);
  const question = messages.addQuestion({ conversationId: id, parentId: null, text: 'q', attachments: [] }, 1);
  const answer = messages.addAnswer(id, question.id, writing, 1);
  messages.saveText(answer.id, 'zebra half');
  const search = createConversationSearch(database);
  expect(search('zebra', 10)).toEqual([]);
  messages.saveAnswer(answer.id, 'zebra whole', failed);
  expect(search('zebra', 10)).toHaveLength(1);
  conversations.remove(id, 100);
  expect(search('zebra', 10)).toEqual([]);
  conversations.restore(id);
  expect(search('zebra', 10)).toHaveLength(1);
  conversations.remove(id, 100);
  conversations.purge(101);
  expect(conversations.restore(id)).toBe(false);
  expect(database.prepare('SELECT count(*) AS rest FROM messages').get()).toEqual({ rest: 0 });
});

test('no query is read as query syntax, and matches lie inside the excerpt', () => {
  const { id } = conversations.create('', 1);
  say(id, 'AND OR NOT NEAR(a b) "quoted" col:on -minus ^caret * star', 'text '.repeat(100) + 'needle' + ' more'.repeat(100));
  const search = createConversationSearch(database);
  for (const query of ['"', '*', 'NEAR(', 'a AND', '- -', "'; DROP TABLE messages; --", 'col:on', '^', '(((', '\u0000', 'needle"']) {
    expect(() => search(query, 5)).not.toThrow();
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (query) => {
      for (const { excerpt, matches } of search(query, 5)) {
        expect(excerpt.length).toBeLessThanOrEqual(160);
        for (const { start, length } of matches) expect(start >= 0 && start + length <= excerpt.length).toBe(true);
      }
    }),
  );
  const [hit] = search('needle', 5);
  expect(hit?.excerpt).toContain('needle');
  expect(everyWord('don’t "stop"')).toBe('"don"* "t"* "stop"*');
});

test('branches: the path to a message, and the newest end below it', () => {
  const nodes = [
    { id: 'q', parentId: null },
    { id: 'a1', parentId: 'q' },
    { id: 'a2', parentId: 'q' },
    { id: 'q2', parentId: 'a1' },
    { id: 'b', parentId: 'q2' },
  ];
  expect(pathTo(nodes, 'b').map(({ id }) => id)).toEqual(['q', 'a1', 'q2', 'b']);
  expect(pathTo(nodes, null)).toEqual([]);
  expect(newestLeafBelow(nodes, 'a1')).toBe('b');
  expect(newestLeafBelow(nodes, 'q')).toBe('a2');
});

test('export: the shown branch as Markdown, everything as JSON, under a safe name', () => {
  const { id } = conversations.create('Be brief.', 0);
  say(id, 'What is ../etc/passwd?', 'A path.');
  const summary = conversations.summary(id);
  if (summary === null) throw new Error('gone');
  const conversation: Conversation = {
    summary,
    system: 'Be brief.',
    headId: conversations.details(id)?.headId ?? null,
    messages: messages.ofConversation(id),
    compactions: [],
  };
  const { fileName, text } = exportMarkdown(conversation, []);
  expect(fileName).toBe('What is etc passwd.md');
  expect(text).toContain(
    '## You\n\nWhat is ../etc/passwd?\n\n## Facet\n\nA path.\n\n*Not finished. The engine stopped while it was working.*',
  );
  expect(JSON.parse(exportJson(conversation, []).text)).toMatchObject({
    format: 'facet-conversation',
    messages: [{ role: 'user' }, { role: 'assistant' }],
  });
});

test('shortening keeps whole words and whole characters', () => {
  expect(shorten('one two  three', 10)).toBe('one two…');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (text, length) => {
      const short = shorten(text, length);
      expect(short.length).toBeLessThanOrEqual(length);
      expect(short.isWellFormed()).toBe(true);
    }),
  );
});

test('messages are read in pages from the newest back, each with how many come before', () => {
  const { id } = conversations.create('', 1);
  const other = conversations.create('', 1);
  const attachments = [{ attachmentId: 'a', panScan: 'auto', regions: [] }] as const;
  const all = Array.from({ length: 7 }, (_, index) => {
    messages.addQuestion({ conversationId: other.id, parentId: null, text: 'elsewhere', attachments: [] }, index);
    return messages.addQuestion({ conversationId: id, parentId: null, text: String(index), attachments }, index);
  });
  expect(messages.page(id, null, 3)).toEqual({ messages: all.slice(4), earlier: 4 });
  expect(messages.page(id, all[4]?.id ?? '', 3)).toEqual({ messages: all.slice(1, 4), earlier: 1 });
  expect(messages.page(id, all[1]?.id ?? '', 3)).toEqual({ messages: all.slice(0, 1), earlier: 0 });
  expect(messages.page(id, null, 7)).toEqual({ messages: all, earlier: 0 });
  expect(messages.page('nobody', null, 7)).toEqual({ messages: [], earlier: 0 });
});
