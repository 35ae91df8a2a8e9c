import type { LibraryHit } from '../../shared/library.ts';
import type { Database } from '../database/openDatabase.ts';
import { everyWord, excerptTokens, freshMarks, markedExcerpt } from '../search/markedExcerpt.ts';

/** Pages looked at for one search: a word that stands on more of them is no word to search by. */
const mostPages = 1_000;

interface PageRow {
  readonly id: number;
  readonly sha256: string;
  readonly page: number;
}

/** Finds documents whose text holds every word on one page, the best first; one hit for each content. Words match by their beginnings. */
export function createLibrarySearch(database: Database): (query: string, limit: number) => readonly LibraryHit[] {
  const pages = database.prepare<[string, number], PageRow>(
    `SELECT p.id, p.sha256, p.page FROM page_search JOIN reading_pages p ON p.id = page_search.rowid
     WHERE page_search MATCH ? AND p.sha256 IN (SELECT sha256 FROM attachments WHERE removed_at IS NULL) ORDER BY page_search.rank LIMIT ?`,
  );
  const marked = database.prepare<[string, string, string, number], { readonly marked: string }>(
    `SELECT snippet(page_search, 0, ?, ?, '…', ${String(excerptTokens)}) AS marked FROM page_search WHERE page_search MATCH ? AND rowid = ?`,
  );
  return (query, limit) => {
    const expression = everyWord(query);
    if (expression === null) return [];
    const byContent = [...Map.groupBy(pages.all(expression, mostPages), ({ sha256 }) => sha256).values()].slice(0, limit);
    const marks = freshMarks();
    return byContent.flatMap((found) => {
      const [best] = found;
      if (best === undefined) return [];
      const text = marked.get(marks.open, marks.close, expression, best.id)?.marked ?? '';
      return [{ sha256: best.sha256, page: best.page, ...markedExcerpt(text, marks), pages: found.length }];
    });
  };
}
