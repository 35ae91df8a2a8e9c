/** Where in one document something of a list was found. */
export interface ListedPlace {
  readonly attachmentId: string;
  /** File name for people. */
  readonly file: string;
  /** Ascending, counted from 1. */
  readonly pages: readonly number[];
}

/** One thing of a list; the same thing named several times is one. */
export interface ListedResultItem {
  /** In the words of its first place. */
  readonly text: string;
  /** One for each document, in the order of the documents. */
  readonly places: readonly ListedPlace[];
  /** How often it was found, at least once. */
  readonly mentions: number;
}

/** What reading every part of the documents found, each checked against their text by code. */
export interface ListResult {
  readonly items: readonly ListedResultItem[];
  /** False when it was stopped before the end, and while pages were still being read. */
  readonly complete: boolean;
  /** Pages that were read, and those of them that OCR read. */
  readonly pagesRead: number;
  readonly pagesRecognized: number;
}
