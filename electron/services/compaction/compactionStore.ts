import type { Compaction } from '../../shared/conversations.ts';
import type { Database } from '../database/openDatabase.ts';
import { newId } from '../newId.ts';

/** Summaries in the database. They go with their conversation. */
export interface CompactionStore {
  /** Of every conversation, in order of creation. */
  all(): readonly Compaction[];
  /** In order of creation. */
  ofConversation(conversationId: string): readonly Compaction[];
  add(made: Omit<Compaction, 'id'>): Compaction;
  /** False when there is none. */
  remove(id: string): boolean;
}

interface Row {
  readonly id: string;
  readonly conversation_id: string;
  readonly after_id: string;
  readonly messages: number;
  readonly summary: string;
  readonly created_at: number;
  readonly model: string;
}

export function createCompactionStore(database: Database, makeId: () => string = newId): CompactionStore {
  const columns = 'id, conversation_id, after_id, messages, summary, created_at, model';
  const every = database.prepare<[], Row>(`SELECT ${columns} FROM compactions ORDER BY ordinal`);
  const all = database.prepare<[string], Row>(`SELECT ${columns} FROM compactions WHERE conversation_id = ? ORDER BY ordinal`);
  const insert = database.prepare<[string, string, string, number, string, number, string]>(
    'INSERT INTO compactions (id, conversation_id, after_id, messages, summary, created_at, model) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const drop = database.prepare<[string]>('DELETE FROM compactions WHERE id = ?');
  return {
    all: () => every.all().map(compactionOf),
    ofConversation: (conversationId) => all.all(conversationId).map(compactionOf),
    add: (made) => {
      const id = makeId();
      insert.run(id, made.conversationId, made.afterId, made.messages, made.summary, made.createdAt, made.model);
      return { id, ...made };
    },
    remove: (id) => drop.run(id).changes > 0,
  };
}

function compactionOf(row: Row): Compaction {
  const { id, messages, summary, model } = row;
  return { id, conversationId: row.conversation_id, afterId: row.after_id, messages, summary, createdAt: row.created_at, model };
}
