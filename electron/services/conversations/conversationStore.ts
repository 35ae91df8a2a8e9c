import type { Database } from '../database/openDatabase.ts';
import type { ConversationSummary } from '../../shared/conversations.ts';
import { newId } from '../newId.ts';
import { type SummaryRow, summaryColumns, summaryOf } from './conversationRows.ts';

/** Conversations in the database, without their messages. Removed ones are invisible until they are restored. */
export interface ConversationStore {
  create(system: string, now: number): ConversationSummary;
  /** Newest first. */
  list(): readonly ConversationSummary[];
  summary(id: string): ConversationSummary | null;
  /** System text and the end of the shown branch. */
  details(id: string): { readonly system: string; readonly headId: string | null } | null;
  retitle(id: string, title: string, titledBy: ConversationSummary['titledBy']): void;
  setSystem(id: string, system: string): void;
  setHead(id: string, headId: string | null): void;
  /** Notes the time of a new message. */
  touch(id: string, now: number): void;
  /** False when there is no such conversation. */
  remove(id: string, now: number): boolean;
  /** False when it was not removed or is gone for good. */
  restore(id: string): boolean;
  /** Deletes for good what was removed before this time. */
  purge(removedBefore: number): void;
}

export function createConversationStore(database: Database, makeId: () => string = newId): ConversationStore {
  const insert = database.prepare<[string, string, number, number]>(
    'INSERT INTO conversations (id, system, created_at, updated_at) VALUES (?, ?, ?, ?)',
  );
  const list = database.prepare<[], SummaryRow>(
    `SELECT ${summaryColumns} FROM conversations c WHERE c.removed_at IS NULL ORDER BY c.updated_at DESC, c.ordinal DESC`,
  );
  const one = database.prepare<[string], SummaryRow>(
    `SELECT ${summaryColumns} FROM conversations c WHERE c.id = ? AND c.removed_at IS NULL`,
  );
  const details = database.prepare<[string], { system: string; head_id: string | null }>(
    'SELECT system, head_id FROM conversations WHERE id = ? AND removed_at IS NULL',
  );
  const retitle = database.prepare<[string, string, string]>('UPDATE conversations SET title = ?, titled_by = ? WHERE id = ?');
  const setSystem = database.prepare<[string, string]>('UPDATE conversations SET system = ? WHERE id = ?');
  const setHead = database.prepare<[string | null, string]>('UPDATE conversations SET head_id = ? WHERE id = ?');
  const touch = database.prepare<[number, string]>('UPDATE conversations SET updated_at = ? WHERE id = ?');
  const remove = database.prepare<[number, string]>('UPDATE conversations SET removed_at = ? WHERE id = ? AND removed_at IS NULL');
  const restore = database.prepare<[string]>('UPDATE conversations SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL');
  const purge = database.prepare<[number]>('DELETE FROM conversations WHERE removed_at < ?');

  const summary = (id: string): ConversationSummary | null => {
    const row = one.get(id);
    return row === undefined ? null : summaryOf(row);
  };
  return {
    create: (system, now) => {
      const id = makeId();
      insert.run(id, system, now, now);
      return { id, title: '', titledBy: 'nobody', createdAt: now, updatedAt: now, opening: '' };
    },
    list: () => list.all().map(summaryOf),
    summary,
    details: (id) => {
      const row = details.get(id);
      return row === undefined ? null : { system: row.system, headId: row.head_id };
    },
    retitle: (id, title, titledBy) => void retitle.run(title, titledBy, id),
    setSystem: (id, system) => void setSystem.run(system, id),
    setHead: (id, headId) => void setHead.run(headId, id),
    touch: (id, now) => void touch.run(now, id),
    remove: (id, now) => remove.run(now, id).changes > 0,
    restore: (id) => restore.run(id).changes > 0,
    purge: (removedBefore) => void purge.run(removedBefore),
  };
}
