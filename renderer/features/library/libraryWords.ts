import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { attachmentFact } from '../composer/attachmentFact.ts';
import type { LibraryEntry } from './libraryEntries.ts';

/** The quiet line under a name: what was read, size, and when and how often it was used. */
export function entryDetail({ attachment, uses }: LibraryEntry): string {
  return [attachmentFact(attachment).text, bytesInWords(attachment.bytes), lastUse(attachment.createdAt, uses)].join(' · ');
}

function lastUse(addedAt: number, uses: LibraryEntry['uses']): string {
  const [newest] = uses;
  if (newest === undefined) return `Added ${day(addedAt)}, in no chat`;
  return `Used ${day(newest.usedAt)}, in ${uses.length === 1 ? '1 chat' : `${uses.length} chats`}`;
}

function day(time: number): string {
  return new Date(time).toLocaleDateString('en', { dateStyle: 'medium' });
}

/** Above an excerpt: where it stands. */
export function hitPlace({ page, pages }: { readonly page: number; readonly pages: number }): string {
  if (pages === 1) return `Page ${page}`;
  return `Page ${page} and ${pages === 2 ? '1 more page' : `${pages - 1} more pages`}`;
}

/** Before deleting: which chats use it, and what they keep. */
export function deleteWords(chats: number): string {
  if (chats === 0)
    return 'No chat uses it. The file and what was read of it are deleted from this computer; your original stays where it is.';
  const whose = chats === 1 ? '1 chat uses it and keeps its' : `${chats} chats use it and keep their`;
  return `${whose} questions, answers and quotations; new answers there are written without it. The file and what was read of it are deleted from this computer; your original stays where it is.`;
}
