import { shorten } from '../conversations/conversationRows.ts';

const longestTitle = 60;

/** A model's title as people write one: one line without quotes, marks of emphasis or a full stop; null when nothing is left. */
export function cleanTitle(written: string): string | null {
  const line = written.trim().split('\n')[0] ?? '';
  const bare = line
    .replace(/^(?:title|chat|conversation)\s*:\s*/i, '')
    .replace(/[*_#`]/g, '')
    .trim()
    .replace(/^["'“‘«]+|["'”’».]+$/g, '')
    .trim();
  return /[\p{L}\p{N}]/u.test(bare) ? shorten(bare, longestTitle) : null;
}
