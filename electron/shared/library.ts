/** A chat in which a file was used. */
export interface FileUse {
  readonly attachmentId: string;
  readonly conversationId: string;
  /** The newest question that it came with, in milliseconds since 1970. */
  readonly usedAt: number;
}

/** A document whose text holds every word of a search. */
export interface LibraryHit {
  /** Of the content, as in `Attachment.sha256`. */
  readonly sha256: string;
  /** The page that fits best, counted from 1. */
  readonly page: number;
  /** Around the first match on that page, on one line. */
  readonly excerpt: string;
  /** Of the excerpt, in UTF-16 units. */
  readonly matches: readonly { readonly start: number; readonly length: number }[];
  /** Pages with all the words, this one included; counted among the best 1,000 pages of all documents. */
  readonly pages: number;
}

/** What kept states of chats take on the disk. */
export interface KeptStates {
  readonly chats: number;
  readonly bytes: number;
}
