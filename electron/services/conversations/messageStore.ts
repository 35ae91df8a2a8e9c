import type { Database } from '../database/openDatabase.ts';
import type { AnswerState, AssistantMessage, AttachmentUse, Message, UserMessage } from '../../shared/conversations.ts';
import { newId } from '../newId.ts';
import { type AttachmentUseRow, type MessageRow, attachmentUseOf, messageOf } from './conversationRows.ts';

export interface MessagePage {
  readonly messages: readonly Message[];
  readonly earlier: number;
}

export interface MessageStore {
  /** In order of creation. */
  ofConversation(conversationId: string): readonly Message[];
  /** The messages before one of them, or the newest (`before` null): at most `limit`, in order of creation, and how many come before these. */
  page(conversationId: string, before: string | null, limit: number): MessagePage;
  get(id: string): Message | null;
  addQuestion(
    question: {
      readonly conversationId: string;
      readonly parentId: string | null;
      readonly text: string;
      readonly attachments: readonly AttachmentUse[];
    },
    now: number,
  ): UserMessage;
  /** An empty answer that this session is about to write. */
  addAnswer(conversationId: string, parentId: string, state: AnswerState, now: number): AssistantMessage;
  /** What has been written so far. */
  saveText(id: string, text: string): void;
  /** Text and state at once. Whether it is being written follows from the state. */
  saveAnswer(id: string, text: string, state: AnswerState): void;
  /** Messages that no living session writes any more but are still marked as being written. */
  beingWrittenExceptBy(sessions: readonly string[]): readonly Message[];
}

const columns = 'id, conversation_id, parent_id, role, created_at, text, state';

export function createMessageStore(database: Database, sessionId: string, makeId: () => string = newId): MessageStore {
  const ofConversation = database.prepare<[string], MessageRow>(
    `SELECT ${columns} FROM messages WHERE conversation_id = ? ORDER BY ordinal`,
  );
  const newestBefore = database.prepare<[string, string | null, number], MessageRow>(
    `SELECT ${columns} FROM messages WHERE conversation_id = ? AND ordinal < ifnull((SELECT ordinal FROM messages WHERE id = ?), ${String(Number.MAX_SAFE_INTEGER)})
     ORDER BY ordinal DESC LIMIT ?`,
  );
  const countBefore = database.prepare<[string, string], { readonly count: number }>(
    'SELECT count(*) AS count FROM messages WHERE conversation_id = ? AND ordinal < (SELECT ordinal FROM messages WHERE id = ?)',
  );
  const usesOfConversation = database.prepare<[string], AttachmentUseRow>(
    `SELECT message_id, attachment_id, pan_scan, regions FROM message_attachments
     WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ?) ORDER BY message_id, position`,
  );
  const one = database.prepare<[string], MessageRow>(`SELECT ${columns} FROM messages WHERE id = ?`);
  const usesOfMessage = database.prepare<[string], AttachmentUseRow>(
    'SELECT message_id, attachment_id, pan_scan, regions FROM message_attachments WHERE message_id = ? ORDER BY position',
  );
  const insert = database.prepare<[string, string, string | null, string, number, string, string | null, string | null, number]>(
    `INSERT INTO messages (id, conversation_id, parent_id, role, created_at, text, state, session_id, searchable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertUse = database.prepare<[string, number, string, string, string]>(
    'INSERT INTO message_attachments (message_id, position, attachment_id, pan_scan, regions) VALUES (?, ?, ?, ?, ?)',
  );
  const saveText = database.prepare<[string, string]>('UPDATE messages SET text = ? WHERE id = ?');
  const saveAnswer = database.prepare<[string, string, string | null, number, string]>(
    'UPDATE messages SET text = ?, state = ?, session_id = ?, searchable = ? WHERE id = ?',
  );
  const beingWritten = database.prepare<[string], MessageRow>(
    `SELECT ${columns} FROM messages WHERE session_id IS NOT NULL AND session_id NOT IN (SELECT value FROM json_each(?))`,
  );

  return {
    ofConversation: (conversationId) => {
      const uses = Map.groupBy(usesOfConversation.all(conversationId), (row) => row.message_id);
      return ofConversation.all(conversationId).map((row) => messageOf(row, (uses.get(row.id) ?? []).map(attachmentUseOf)));
    },
    page: (conversationId, before, limit) => {
      const rows = newestBefore.all(conversationId, before, limit).reverse();
      const first = rows[0];
      return {
        messages: rows.map((row) => messageOf(row, row.role === 'user' ? usesOfMessage.all(row.id).map(attachmentUseOf) : [])),
        earlier: first === undefined ? 0 : (countBefore.get(conversationId, first.id)?.count ?? 0),
      };
    },
    get: (id) => {
      const row = one.get(id);
      return row === undefined ? null : messageOf(row, usesOfMessage.all(id).map(attachmentUseOf));
    },
    addQuestion: ({ conversationId, parentId, text, attachments }, now) => {
      const id = makeId();
      insert.run(id, conversationId, parentId, 'user', now, text, null, null, 1);
      attachments.forEach((use, position) => insertUse.run(id, position, use.attachmentId, use.panScan, JSON.stringify(use.regions)));
      return { id, conversationId, parentId, createdAt: now, text, role: 'user', attachments };
    },
    addAnswer: (conversationId, parentId, state, now) => {
      const id = makeId();
      insert.run(id, conversationId, parentId, 'assistant', now, '', JSON.stringify(state), ...writer(state, sessionId));
      return { id, conversationId, parentId, createdAt: now, text: '', role: 'assistant', state };
    },
    saveText: (id, text) => void saveText.run(text, id),
    saveAnswer: (id, text, state) => void saveAnswer.run(text, JSON.stringify(state), ...writer(state, sessionId), id),
    beingWrittenExceptBy: (sessions) => beingWritten.all(JSON.stringify(sessions)).map((row) => messageOf(row, [])),
  };
}

/** Who writes an answer in this state, and whether search may find it. */
function writer(state: AnswerState, sessionId: string): [string | null, number] {
  return state.kind === 'generating' ? [sessionId, 0] : [null, 1];
}
