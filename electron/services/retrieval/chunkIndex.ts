import type { Database } from '../database/openDatabase.ts';
import { openScratchDatabase } from '../database/scratchDatabase.ts';
import { type Chunk, type PageToChunk, chunkPages } from './chunkPages.ts';
import { matchExpression } from './matchExpression.ts';

/** Raised when chunks are cut differently, so that contents are indexed again by their next use. */
const chunkVersion = 1;

/** As in the schema of `chunk_search`. */
const tokenizer = 'tokenize = "porter unicode61 remove_diacritics 2"';

/** What a word in the heading is worth beside one in the text: measured with test/bench/retrieval.ts. */
const headingWeight = 2;

/** A document's text to be searched. Its reading must be stored, unless it is partial. */
export interface SearchedDocument {
  readonly sha256: string;
  readonly format: string;
  readonly pages: readonly PageToChunk[];
  /** True for the first pages of one that is still being read: they are searched, and not kept. */
  readonly partial?: boolean;
}

export interface FoundChunk extends Chunk {
  /** Which of the documents, counted from 0. */
  readonly document: number;
  /** Higher is better; comparable within one search only. */
  readonly score: number;
}

/** Words of documents, indexed once for each content; gone with the content's reading. */
export interface ChunkIndex {
  /** Cuts and indexes the content if that was not done yet. */
  build(document: SearchedDocument): void;
  /** All chunks in order, indexing first where needed. */
  chunks(document: SearchedDocument): readonly Chunk[];
  /** The chunks that fit a question best, best first; fewer or none when its words are not there. */
  search(documents: readonly SearchedDocument[], question: string, limit: number): readonly FoundChunk[];
}

export function createChunkIndex(database: Database): ChunkIndex {
  const built = database.prepare<[string, string, number]>(
    'SELECT 1 FROM chunked_contents WHERE sha256 = ? AND format = ? AND version = ?',
  );
  const forget = database.prepare<[string, string]>('DELETE FROM chunked_contents WHERE sha256 = ? AND format = ?');
  const remember = database.prepare<[string, string, number]>('INSERT INTO chunked_contents (sha256, format, version) VALUES (?, ?, ?)');
  const insert = database.prepare<[string, string, number, number, number, string]>(
    'INSERT INTO chunks (sha256, format, page, start, end, heading) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertWords = database.prepare<[number | bigint, string, string]>(
    'INSERT INTO chunk_search (rowid, heading, text) VALUES (?, ?, ?)',
  );
  const ofContent = database.prepare<[string, string], Chunk>(
    'SELECT page, start, end, heading FROM chunks WHERE sha256 = ? AND format = ? ORDER BY id',
  );
  const find = database.prepare<[number, string, string, string, number], Chunk & { readonly rank: number }>(
    `SELECT page, start, end, chunks.heading AS heading, bm25(chunk_search, ?, 1) AS rank FROM chunk_search JOIN chunks ON chunks.id = chunk_search.rowid
     WHERE chunk_search MATCH ? AND sha256 = ? AND format = ? ORDER BY rank LIMIT ?`,
  );

  /** The search of a document of which nothing is kept, in a database of its own with the same weights. */
  const searchOnce = (document: SearchedDocument, expression: string, limit: number): readonly Omit<FoundChunk, 'document'>[] => {
    const chunks = chunkPages(document.pages);
    const scratch = openScratchDatabase();
    try {
      scratch.exec(`CREATE VIRTUAL TABLE once USING fts5 (heading, text, content = '', ${tokenizer})`);
      const insertOnce = scratch.prepare<[number, string, string]>('INSERT INTO once (rowid, heading, text) VALUES (?, ?, ?)');
      const texts = new Map(document.pages.map(({ page, text }) => [page, text]));
      for (const [id, { page, start, end, heading }] of chunks.entries())
        insertOnce.run(id, heading, (texts.get(page) ?? '').slice(start, end));
      return scratch
        .prepare<[number, string, number], { readonly id: number; readonly rank: number }>(
          'SELECT rowid AS id, bm25(once, ?, 1) AS rank FROM once WHERE once MATCH ? ORDER BY rank LIMIT ?',
        )
        .all(headingWeight, expression, limit)
        .flatMap(({ id, rank }) => {
          const chunk = chunks[id];
          return chunk === undefined ? [] : [{ ...chunk, score: -rank }];
        });
    } finally {
      scratch.close();
    }
  };
  const add = database.transaction(({ sha256, format, pages }: SearchedDocument) => {
    forget.run(sha256, format);
    remember.run(sha256, format, chunkVersion);
    const texts = new Map(pages.map(({ page, text }) => [page, text]));
    for (const { page, start, end, heading } of chunkPages(pages)) {
      const { lastInsertRowid } = insert.run(sha256, format, page, start, end, heading);
      insertWords.run(lastInsertRowid, heading, (texts.get(page) ?? '').slice(start, end));
    }
  });
  const build = (document: SearchedDocument): void => {
    if (built.get(document.sha256, document.format, chunkVersion) === undefined) add.immediate(document);
  };

  return {
    build,
    chunks: (document) => {
      if (document.partial === true) return chunkPages(document.pages);
      build(document);
      return ofContent.all(document.sha256, document.format);
    },
    search: (documents, question, limit) => {
      const expression = matchExpression(question);
      if (expression === null) return [];
      const found = documents.flatMap((document, index) => {
        if (document.partial === true) return searchOnce(document, expression, limit).map((chunk) => ({ ...chunk, document: index }));
        build(document);
        const rows = find.all(headingWeight, expression, document.sha256, document.format, limit);
        return rows.map(({ rank, ...chunk }) => ({ ...chunk, document: index, score: -rank }));
      });
      return found.sort((a, b) => b.score - a.score).slice(0, limit);
    },
  };
}
