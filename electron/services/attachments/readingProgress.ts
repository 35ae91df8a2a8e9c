import type { ReadPage } from '../../reader/readerContract.ts';
import type { AttachmentState, DocumentFacts, PageSource } from '../../shared/attachments.ts';
import type { PageText } from '../../shared/documents.ts';
import { factsOf } from './readings.ts';

/** The first pages of a document of which the rest is still being read. */
export interface DocumentSoFar {
  /** Of these pages alone. */
  readonly document: DocumentFacts;
  readonly texts: readonly PageText[];
  /** Pages of the whole document. */
  readonly total: number;
}

/** How far one reading is, and what of it can be used already. */
export interface ReadingProgress {
  readonly state: Extract<AttachmentState, { kind: 'reading' }>;
  /** Null while no page with any text is there. */
  soFar(): DocumentSoFar | null;
  /** After page `done` of `total`; `read` is null for formats whose pages come all at once. */
  advance(format: string, done: number, total: number, read: ReadPage | null): void;
}

const withText: ReadonlySet<PageSource> = new Set(['text', 'ocr', 'vision']);

export function createReadingProgress(): ReadingProgress {
  let state: ReadingProgress['state'] = { kind: 'reading', done: 0, total: 0 };
  let format = '';
  let pages: ReadPage[] = [];
  const hasText = (): boolean => pages.some(({ source }) => withText.has(source));
  return {
    get state() {
      return state;
    },
    soFar: () =>
      hasText()
        ? {
            document: factsOf({ format, title: '', pages, warnings: [] }),
            texts: pages.map(({ page, text, headings }) => ({ page, text, headings })),
            total: state.total,
          }
        : null,
    advance: (ofFormat, done, total, read) => {
      format = ofFormat;
      // A reader that died of another file begins again with the first page.
      if (read !== null) pages = [...pages.slice(0, read.page - 1), read];
      state = { kind: 'reading', done, total, ...(hasText() ? { ready: pages.length } : {}) };
    },
  };
}
