import type { Database } from '../database/openDatabase.ts';
import { facetError } from '../../shared/errors.ts';
import { englishReading, keptLanguages } from '../ocr/ocrReading.ts';
import type { DocumentFacts, ImageFacts, PageSummary } from '../../shared/attachments.ts';
import type { DocumentTable, PageText } from '../../shared/documents.ts';
import { coverageOf } from '../../shared/pageCoverage.ts';
import type { InkProfile, ReadDocument, ReadPage } from '../../reader/readerContract.ts';

/** Raised when the reader reads better, so that files are read again by the next use. */
const readingVersion = 9;

export type Reading =
  | { readonly kind: 'image'; readonly image: ImageFacts; readonly ink: InkProfile }
  | { readonly kind: 'document'; readonly document: DocumentFacts };

/** What was read from each content, as long as any attachment has it. */
export interface Readings {
  find(sha256: string, format: string): Reading | null;
  saveImage(sha256: string, format: string, image: ImageFacts, ink: InkProfile): Reading;
  /** Facts, page texts and tables in one transaction. `languages`: those that OCR read in; English by default. */
  saveDocument(sha256: string, format: string, document: ReadDocument, languages?: readonly string[]): Reading;
  /** Puts another reading of one page in the place of the one that is there; what was found by its words is found anew. @throws FacetError notFound */
  replacePage(sha256: string, format: string, page: ReadPage & Pick<PageSummary, 'chosen' | 'languages'>): DocumentFacts;
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

  const updateFacts = database.prepare('UPDATE readings SET facts = ? WHERE sha256 = ? AND format = ?');
  const updatePage = database.prepare('UPDATE reading_pages SET text = ?, headings = ? WHERE sha256 = ? AND format = ? AND page = ?');
  const dropTables = database.prepare('DELETE FROM reading_tables WHERE sha256 = ? AND format = ?');
  const forgetChunks = database.prepare('DELETE FROM chunked_contents WHERE sha256 = ? AND format = ?');

  const save = database.transaction((sha256: string, format: string, reading: Reading, pages: ReadDocument['pages']) => {
    drop.run(sha256, format);
    insert.run(sha256, format, readingVersion, JSON.stringify(reading));
    for (const { page, text, headings } of pages) insertPage.run(sha256, format, page, text, JSON.stringify(headings));
    const inOrder = pages.flatMap((page) => page.tables.map((table): DocumentTable => ({ page: page.page, ...table })));
    for (const [ordinal, table] of inOrder.entries()) insertTable.run(sha256, format, ordinal, JSON.stringify(table));
  });
  const find = (sha256: string, format: string): Reading | null => {
    const row = one.get(sha256, format, readingVersion);
    return row === undefined ? null : (JSON.parse(row.facts) as Reading);
  };
  const tablesOf = (sha256: string, format: string): readonly DocumentTable[] =>
    tables.all(sha256, format).map(({ body }) => JSON.parse(body) as DocumentTable);

  const replacePage = database.transaction(
    (sha256: string, format: string, read: Parameters<Readings['replacePage']>[2]): DocumentFacts => {
      const known = find(sha256, format);
      const changed = known?.kind === 'document' ? factsWithPage(known.document, read) : null;
      if (changed === null) throw facetError('notFound', { what: 'file', id: `page ${String(read.page)}` });
      const others = tablesOf(sha256, format).filter(({ page }) => page !== read.page);
      const own = read.tables.map((table): DocumentTable => ({ page: read.page, ...table }));
      updateFacts.run(JSON.stringify({ kind: 'document', document: changed } satisfies Reading), sha256, format);
      updatePage.run(read.text, JSON.stringify(read.headings), sha256, format, read.page);
      dropTables.run(sha256, format);
      for (const [ordinal, table] of [...others, ...own].sort((a, b) => a.page - b.page).entries())
        insertTable.run(sha256, format, ordinal, JSON.stringify(table));
      forgetChunks.run(sha256, format);
      return changed;
    },
  );
  return {
    find,
    replacePage: (sha256, format, page) => replacePage.immediate(sha256, format, page),
    saveImage: (sha256, format, image, ink) => {
      const reading: Reading = { kind: 'image', image, ink };
      save.immediate(sha256, format, reading, []);
      return reading;
    },
    saveDocument: (sha256, format, document, languages) => {
      const reading: Reading = { kind: 'document', document: factsOf(document, languages) };
      save.immediate(sha256, format, reading, document.pages);
      return reading;
    },
    pages: (sha256, format) =>
      texts.all(sha256, format).map(({ page, text, headings }): PageText => ({
        page,
        text,
        headings: JSON.parse(headings) as PageText['headings'],
      })),
    tables: tablesOf,
    remove: (sha256) => void dropAll.run(sha256),
  };
}

/** Null when it has no such page. */
function factsWithPage(facts: DocumentFacts, read: ReadPage & Pick<PageSummary, 'chosen' | 'languages'>): DocumentFacts | null {
  const { page, source, characters, warnings, chosen, languages, textLayer } = read;
  const before = facts.pages.find((known) => known.page === page);
  if (before === undefined) return null;
  const summary: PageSummary = {
    page,
    source,
    characters,
    warnings,
    ...(languages === undefined ? {} : { languages }),
    ...(chosen === undefined ? {} : { chosen }),
    ...(textLayer === undefined ? {} : { textLayer }),
    ...(before.label === undefined ? {} : { label: before.label }),
  };
  const pages = facts.pages.map((known) => (known.page === page ? summary : known));
  return { ...facts, pages, coverage: coverageOf(pages), characters: pages.reduce((sum, one) => sum + one.characters, 0) };
}

/** What is said of a document, of all of it or of its first pages. */
export function factsOf(
  { format, title, pages, warnings, protected: isProtected }: Omit<ReadDocument, 'coverage'>,
  languages?: readonly string[],
): DocumentFacts {
  const seen = keptLanguages(languages ?? englishReading.chosen());
  return {
    format,
    title,
    pages: pages.map(({ page, source, characters, warnings: ofPage, textLayer, label }) => ({
      page,
      source,
      characters,
      warnings: ofPage,
      ...(source === 'ocr' || source === 'failed' ? seen : {}),
      ...(textLayer === undefined ? {} : { textLayer }),
      ...(label === undefined ? {} : { label }),
    })),
    coverage: coverageOf(pages),
    characters: pages.reduce((sum, page) => sum + page.characters, 0),
    warnings,
    ...(isProtected === undefined ? {} : { protected: isProtected }),
  };
}
