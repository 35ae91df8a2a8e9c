import type { Database } from '../database/openDatabase.ts';
import { randomBytes } from 'node:crypto';
import type { SearchHit } from '../../shared/conversations.ts';

const excerptLength = 160;
/** Tokens around a hit that the index returns; more than fits, then cut to length. */
const excerptTokens = 40;

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
    const expression = matchExpression(query);
    if (expression === null) return [];
    // Marks that no text holds, so that matches are told from what a message says.
    const nonce = randomBytes(6).toString('hex');
    const [open, close] = [`\u0002${nonce}<`, `\u0002${nonce}>`];
    const rows = [...titles.all(open, close, expression, limit), ...messages.all(open, close, expression, limit)];
    return rows.slice(0, limit).map((row) => hitOf(row, open, close));
  };
}

/** Every word of the query, quoted so that none is read as query syntax, each matching by its beginning. Null without a word. */
export function matchExpression(query: string): string | null {
  const words = query.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu);
  return words === null ? null : words.map((word) => `"${word}"*`).join(' ');
}

function hitOf(row: Row, open: string, close: string): SearchHit {
  const { text, matches } = readMarks(row.marked, open, close);
  const first = matches[0]?.start ?? 0;
  const start = text.length <= excerptLength ? 0 : Math.max(0, Math.min(first - 40, text.length - excerptLength));
  return {
    conversationId: row.conversation_id,
    messageId: row.message_id,
    title: row.title,
    excerpt: text.slice(start, start + excerptLength),
    matches: matches
      .map((match) => ({ start: match.start - start, length: match.length }))
      .filter((match) => match.start >= 0 && match.start + match.length <= excerptLength),
  };
}

/** The text without its marks, on one line, and where the marks were. */
function readMarks(marked: string, open: string, close: string): { text: string; matches: { start: number; length: number }[] } {
  const matches: { start: number; length: number }[] = [];
  let text = '';
  for (const [index, piece] of marked.replace(/\s/g, ' ').split(open).entries()) {
    const end = index === 0 ? -1 : piece.indexOf(close);
    if (end >= 0) matches.push({ start: text.length, length: end });
    text += end >= 0 ? piece.slice(0, end) + piece.slice(end + close.length) : piece;
  }
  return { text, matches };
}
