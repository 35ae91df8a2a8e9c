import type { Attachment } from '../../../electron/shared/attachments.ts';
import { isPrivateId } from '../../../electron/shared/privateIds.ts';
import type { FileUse, LibraryHit } from '../../../electron/shared/library.ts';

/** One content of the library, however often it was attached. */
export interface LibraryEntry {
  /** Under which it was attached last; used again under this one. */
  readonly attachment: Attachment;
  /** Of every attachment with this content. */
  readonly ids: readonly string[];
  /** Chats that use it, each once, the newest use first. */
  readonly uses: readonly { readonly conversationId: string; readonly usedAt: number }[];
  /** When it was last added or used, in milliseconds since 1970. */
  readonly touchedAt: number;
  /** What a search found in its text; null without a search, or when only its name has the words. */
  readonly hit: LibraryHit | null;
}

/** Everything that was ever attached, each content once, the last added or used first. */
export function libraryEntries(attachments: readonly Attachment[], uses: readonly FileUse[]): readonly LibraryEntry[] {
  const usesOf = Map.groupBy(uses, ({ attachmentId }) => attachmentId);
  // Files of private chats are in no library.
  const kept = attachments.filter(({ id }) => !isPrivateId(id));
  return [...Map.groupBy(kept, ({ sha256 }) => sha256).values()]
    .flatMap((same) => {
      const attachment = same.toSorted((a, b) => b.createdAt - a.createdAt)[0];
      if (attachment === undefined) return [];
      const newest = same.flatMap(({ id }) => usesOf.get(id) ?? []).toSorted((a, b) => b.usedAt - a.usedAt);
      const once = [...Map.groupBy(newest, ({ conversationId }) => conversationId).values()].flatMap(([use]) => use ?? []);
      const touchedAt = Math.max(attachment.createdAt, newest[0]?.usedAt ?? 0);
      return [{ attachment, ids: same.map(({ id }) => id), uses: once, touchedAt, hit: null }];
    })
    .toSorted((a, b) => b.touchedAt - a.touchedAt);
}

/** Entries whose name has every word, then those whose text has them, best first. */
export function foundEntries(entries: readonly LibraryEntry[], query: string, hits: readonly LibraryHit[]): readonly LibraryEntry[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const hitOf = new Map(hits.map((hit) => [hit.sha256, hit]));
  const withHit = (entry: LibraryEntry): LibraryEntry => ({ ...entry, hit: hitOf.get(entry.attachment.sha256) ?? null });
  const named = entries.filter(({ attachment }) => words.every((word) => plain(attachment.name).includes(word)));
  const others = hits.flatMap(({ sha256 }) => entries.filter((entry) => entry.attachment.sha256 === sha256 && !named.includes(entry)));
  return [...named, ...others].map(withHit);
}

/** Without accents and capitals, as the search of texts compares. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
