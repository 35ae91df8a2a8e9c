import { randomBytes } from 'node:crypto';
import type { SearchHit } from '../../shared/conversations.ts';

const excerptLength = 160;
/** Tokens around a hit that the index is asked for; more than fits, then cut to length. */
export const excerptTokens = 40;

/** Marks that no text holds, so that matches are told from what a text says. */
export interface Marks {
  readonly open: string;
  readonly close: string;
}

/** New ones for each search. */
export function freshMarks(): Marks {
  const nonce = randomBytes(6).toString('hex');
  return { open: `\u0002${nonce}<`, close: `\u0002${nonce}>` };
}

/** Every word of the query, quoted so that none is read as query syntax, each matching by its beginning. Null without a word. */
export function everyWord(query: string): string | null {
  const words = query.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu);
  return words === null ? null : words.map((word) => `"${word}"*`).join(' ');
}

/** At most 160 characters around the first match, and where the matches are in it. */
export function markedExcerpt(marked: string, marks: Marks): Pick<SearchHit, 'excerpt' | 'matches'> {
  const { text, matches } = readMarks(marked, marks);
  const first = matches[0]?.start ?? 0;
  const start = text.length <= excerptLength ? 0 : Math.max(0, Math.min(first - 40, text.length - excerptLength));
  return {
    excerpt: text.slice(start, start + excerptLength),
    matches: matches
      .map((match) => ({ start: match.start - start, length: match.length }))
      .filter((match) => match.start >= 0 && match.start + match.length <= excerptLength),
  };
}

/** The text without its marks, on one line, and where the marks were. */
function readMarks(marked: string, { open, close }: Marks): { text: string; matches: { start: number; length: number }[] } {
  const matches: { start: number; length: number }[] = [];
  let text = '';
  for (const [index, piece] of marked.replace(/\s/g, ' ').split(open).entries()) {
    const end = index === 0 ? -1 : piece.indexOf(close);
    if (end >= 0) matches.push({ start: text.length, length: end });
    text += end >= 0 ? piece.slice(0, end) + piece.slice(end + close.length) : piece;
  }
  return { text, matches };
}
