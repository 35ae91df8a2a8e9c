import type { Rect } from './attachments.ts';

/** A rectangle of one page in the page's own units (PDF points, or pixels of the picture); x and y from the top left. */
export interface PageRect extends Rect {
  /** Counted from 1. */
  readonly page: number;
}

/**
 * How a quotation was found: letter by letter; after white space, hyphens, quotation marks, ligatures and letter case were evened out; or, on pages
 * read by OCR only, with at most 5 % of its letters different.
 */
export type QuoteMatch = 'exact' | 'normalised' | 'ocr';

/** Where in a document a quotation stands. */
export interface CitationSource {
  readonly attachmentId: string;
  /** File name for people. */
  readonly document: string;
  /** Counted from 1; the first one of a quotation that goes over a page break. */
  readonly page: number;
  readonly how: QuoteMatch;
  /** Of the quotation in the text of its page, in UTF-16 units; one that goes over a page break ends at the page's end. */
  readonly start: number;
  readonly end: number;
  /** One for each line; empty where the format gives no positions. */
  readonly rectangles: readonly PageRect[];
  /** False when the words stand there, but the model was given other parts of the document only. Absent when it was given them. */
  readonly given?: boolean;
}

/** One quotation of an answer, checked against the documents by code. */
export interface Citation {
  /** Of the quotation in the answer with its marks, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The words between the marks. */
  readonly quote: string;
  /** Null when no document has it: then it is not verified. */
  readonly source: CitationSource | null;
}
