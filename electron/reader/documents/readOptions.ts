import type { TextRecognizer } from '../ocr/createTextRecognizer.ts';
import type { ReadPage } from '../readerContract.ts';
import type { PageContent } from './pageContent.ts';

/** What every extractor is given. */
export interface ReadOptions {
  /** For a protected PDF; null for none. */
  readonly password: string | null;
  readonly signal: AbortSignal;
  /** For pages that are pictures. */
  readonly recognizer: Pick<TextRecognizer, 'recognize'>;
  /** After each page; `read` is the page itself where it can be used before the rest is read. */
  onPage(page: number, pages: number, read?: ReadPage): void;
}

/** What an extractor of a format without pictures of pages finds in a file. */
export interface Extracted {
  /** From the document's own metadata, else empty. */
  readonly title: string;
  readonly pages: readonly PageContent[];
  readonly warnings: readonly string[];
}
