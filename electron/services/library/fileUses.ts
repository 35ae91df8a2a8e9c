import type { FileUse } from '../../shared/library.ts';
import type { Database } from '../database/openDatabase.ts';

/** Which chats use which files. Removed chats do not count: they come back with what is there then. */
export interface FileUses {
  /** The newest use first. */
  all(): readonly FileUse[];
  /** Every chat that uses the file, removed ones too. */
  conversationsOf(attachmentId: string): readonly string[];
}

export function createFileUses(database: Database): FileUses {
  const all = database.prepare<[], FileUse>(
    `SELECT u.attachment_id AS attachmentId, m.conversation_id AS conversationId, max(m.created_at) AS usedAt
     FROM message_attachments u JOIN messages m ON m.id = u.message_id JOIN conversations c ON c.id = m.conversation_id
     WHERE c.removed_at IS NULL GROUP BY u.attachment_id, m.conversation_id ORDER BY usedAt DESC`,
  );
  const chats = database.prepare<[string], { readonly id: string }>(
    'SELECT DISTINCT m.conversation_id AS id FROM message_attachments u JOIN messages m ON m.id = u.message_id WHERE u.attachment_id = ?',
  );
  return { all: () => all.all(), conversationsOf: (attachmentId) => chats.all(attachmentId).map(({ id }) => id) };
}
