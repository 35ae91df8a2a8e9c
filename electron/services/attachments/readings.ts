import type { Database } from '../database/openDatabase.ts';
import type { DocumentFacts, ImageFacts } from '../../shared/attachments.ts';
import type { DocumentTable, PageText } from '../../shared/documents.ts';
import { coverageOf } from '../../shared/pageCoverage.ts';
import type { InkProfile, ReadDocument } from '../../reader/readerContract.ts';

/** Raised when the reader reads better, so that files are read again by the next use. */
const readingVersion = 5;

export type Reading =
  | { readonly kind: 'image'; readonly image: ImageFacts; readonly ink: InkProfile }
  | { readonly kind: 'document'; readonly document: DocumentFacts };

/** What was read from each content, as long as any attachment has it. */
export interface Readings {
  find(sha256: string, format: string): Reading | null;
  saveImage(sha256: string, format: string, image: ImageFacts, ink: InkProfile): Reading;
  /** Facts, page texts and tables in one transaction. */
  saveDocument(sha256: string, format: string, document: ReadDocument): Reading;
  /** In page order; empty when nothing was read. */
  pages(sha256: string, format: string): readonly PageText[];
  /** In the order of the text. */
  tables(sha256: string, format: string): readonly DocumentTable[];
  remove(sha256: string): void;
}

export function createReadings(database: Database): Readings {
  const one = database.prepare<[string, string, number], { readonly facts: string }>(
    'SELECT facts FROM readings WHERE sha256 = ? AND format = ? AND version = ?',
  );
  const insert = database.prepare('INSERT INTO readings (sha256, format, version, facts) VALUES (?, ?, ?, ?)');
  const drop = database.prepare('DELETE FROM readings WHERE sha256 = ? AND format = ?');
  const dropAll = database.prepare('DELETE FROM readings WHERE sha256 = ?');
  const insertPage = database.prepare('INSERT INTO reading_pages (sha256, format, page, text, headings) VALUES (?, ?, ?, ?, ?)');
  const insertTable = database.prepare('INSERT INTO reading_tables (sha256, format, ordinal, body) VALUES (?, ?, ?, ?)');
  const texts = database.prepare<[string, string], { readonly page: number; readonly text: string; readonly headings: string }>(
    'SELECT page, text, headings FROM reading_pages WHERE sha256 = ? AND format = ? ORDER BY page',
  );
  const tables = database.prepare<[string, string], { readonly body: string }>(
    'SELECT body FROM reading_tables WHERE sha256 = ? AND format = ? ORDER BY ordinal',
  );

  const save = database.transaction((sha256: string, format: string, reading: Reading, pages: ReadDocument['pages']) => {
    drop.run(sha256, format);
    insert.run(sha256, format, readingVersion, JSON.stringify(reading));
    for (const { page, text, headings } of pages) insertPage.run(sha256, format, page, text, JSON.stringify(headings));
    const inOrder = pages.flatMap((page) => page.tables.map((table): DocumentTable => ({ page: page.page, ...table })));
    for (const [ordinal, table] of inOrder.entries()) insertTable.run(sha256, format, ordinal, JSON.stringify(table));
  });
  return {
    find: (sha256, format) => {
      const row = one.get(sha256, format, readingVersion);
      return row === undefined ? null : (JSON.parse(row.facts) as Reading);
    },
    saveImage: (sha256, format, image, ink) => {
      const reading: Reading = { kind: 'image', image, ink };
      save.immediate(sha256, format, reading, []);
      return reading;
    },
    saveDocument: (sha256, format, document) => {
      const reading: Reading = { kind: 'document', document: factsOf(document) };
      save.immediate(sha256, format, reading, document.pages);
      return reading;
    },
    pages: (sha256, format) =>
      texts.all(sha256, format).map(({ page, text, headings }): PageText => ({
        page,
        text,
        headings: JSON.parse(headings) as PageText['headings'],
      })),
    tables: (sha256, format) => tables.all(sha256, format).map(({ body }) => JSON.parse(body) as DocumentTable),
    remove: (sha256) => void dropAll.run(sha256),
  };
}

/** What is said of a document, of all of it or of its first pages. */
export function factsOf({ format, title, pages, warnings }: Omit<ReadDocument, 'coverage'>): DocumentFacts {
  return {
    format,
    title,
    pages: pages.map(({ page, source, characters, warnings: ofPage }) => ({ page, source, characters, warnings: ofPage })),
    coverage: coverageOf(pages),
    characters: pages.reduce((sum, page) => sum + page.characters, 0),
    warnings,
  };
}
