import type { Database } from '../database/openDatabase.ts';
import type { SearchHit } from '../../shared/conversations.ts';
import { excerptTokens, freshMarks, markedExcerpt, everyWord } from '../search/markedExcerpt.ts';

interface Row {
  readonly conversation_id: string;
  readonly message_id: string | null;
  readonly title: string;
  readonly marked: string;
}

/** Finds conversations by title and by what was said in them; titles first, then the best matches. Words match by their beginnings. */
export function createConversationSearch(database: Database): (query: string, limit: number) => readonly SearchHit[] {
  const titles = database.prepare<[string, string, string, number], Row>(
    `SELECT c.id AS conversation_id, NULL AS message_id, c.title, highlight(title_search, 0, ?, ?) AS marked
     FROM title_search JOIN conversations c ON c.ordinal = title_search.rowid
     WHERE title_search MATCH ? AND c.removed_at IS NULL ORDER BY title_search.rank LIMIT ?`,
  );
  const messages = database.prepare<[string, string, string, number], Row>(
    `SELECT c.id AS conversation_id, m.id AS message_id, c.title, snippet(message_search, 0, ?, ?, '…', ${String(excerptTokens)}) AS marked
     FROM message_search JOIN messages m ON m.ordinal = message_search.rowid JOIN conversations c ON c.id = m.conversation_id
     WHERE message_search MATCH ? AND c.removed_at IS NULL ORDER BY message_search.rank LIMIT ?`,
  );
  return (query, limit) => {
    const expression = everyWord(query);
    if (expression === null) return [];
    const { open, close } = freshMarks();
    const rows = [...titles.all(open, close, expression, limit), ...messages.all(open, close, expression, limit)];
    return rows.slice(0, limit).map(({ conversation_id, message_id, title, marked }) => ({
      ...{ conversationId: conversation_id, messageId: message_id, title },
      ...markedExcerpt(marked, { open, close }),
    }));
  };
}
