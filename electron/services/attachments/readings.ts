import type { Database } from '../database/openDatabase.ts';
import type { DocumentFacts, ImageFacts } from '../../shared/attachments.ts';
import type { InkProfile, ReadDocument } from '../../reader/readerContract.ts';

/** Raised when the reader reads better, so that files are read again by the next use. */
const readingVersion = 2;

export type Reading =
  | { readonly kind: 'image'; readonly image: ImageFacts; readonly ink: InkProfile }
  | { readonly kind: 'document'; readonly document: DocumentFacts };

export interface PageText {
  /** Counted from 1. */
  readonly page: number;
  readonly text: string;
}

/** What was read from each content, as long as any attachment has it. */
export interface Readings {
  find(sha256: string, format: string): Reading | null;
  saveImage(sha256: string, format: string, image: ImageFacts, ink: InkProfile): Reading;
  /** Facts and page texts in one transaction. */
  saveDocument(sha256: string, format: string, document: ReadDocument): Reading;
  /** In page order; empty when nothing was read. */
  pages(sha256: string, format: string): readonly PageText[];
  remove(sha256: string): void;
}

export function createReadings(database: Database): Readings {
  const one = database.prepare<[string, string, number], { readonly facts: string }>(
    'SELECT facts FROM readings WHERE sha256 = ? AND format = ? AND version = ?',
  );
  const insert = database.prepare('INSERT INTO readings (sha256, format, version, facts) VALUES (?, ?, ?, ?)');
  const drop = database.prepare('DELETE FROM readings WHERE sha256 = ? AND format = ?');
  const dropAll = database.prepare('DELETE FROM readings WHERE sha256 = ?');
  const insertPage = database.prepare('INSERT INTO reading_pages (sha256, format, page, text) VALUES (?, ?, ?, ?)');
  const texts = database.prepare<[string, string], PageText>(
    'SELECT page, text FROM reading_pages WHERE sha256 = ? AND format = ? ORDER BY page',
  );

  const save = database.transaction((sha256: string, format: string, reading: Reading, pages: readonly PageText[]) => {
    drop.run(sha256, format);
    insert.run(sha256, format, readingVersion, JSON.stringify(reading));
    for (const { page, text } of pages) insertPage.run(sha256, format, page, text);
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
    pages: (sha256, format) => texts.all(sha256, format),
    remove: (sha256) => void dropAll.run(sha256),
  };
}

function factsOf({ format, title, pages, coverage, warnings }: ReadDocument): DocumentFacts {
  return {
    format,
    title,
    pages: pages.map(({ page, source, characters, warnings: ofPage }) => ({ page, source, characters, warnings: ofPage })),
    coverage,
    characters: pages.reduce((sum, page) => sum + page.characters, 0),
    warnings,
  };
}
