// How well Facet finds the page that answers a question, beside plain BM25 over pages, in one run: known-item questions made from real manuals.
// node_modules/.bin/node test/bench/retrieval.ts [--manuals .cache/manuals] [--misses]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import BetterSqlite3 from 'better-sqlite3';
import { createReadings } from '../../electron/services/attachments/readings.ts';
import { openDatabase } from '../../electron/services/database/openDatabase.ts';
import { createChunkIndex } from '../../electron/services/retrieval/chunkIndex.ts';
import { type Manual, type Question, loadManuals } from './retrieval/manuals.ts';

const { values } = parseArgs({
  options: { manuals: { type: 'string', default: '.cache/manuals' }, misses: { type: 'boolean', default: false } },
});
const manuals = loadManuals(values.manuals);
/** Pages ranked for each question. */
const depth = 10;

const report = (line: string): void => void process.stdout.write(`${line}\n`);

type Ranker = (manual: Manual, question: Question) => readonly number[];

/** What anyone gets from SQLite in an hour: whole pages, the default tokeniser, any word of the question, one index for each document. */
function plainRanker(): Ranker {
  const database = new BetterSqlite3(':memory:');
  for (const { name, pages } of manuals) {
    database.exec(`CREATE VIRTUAL TABLE ${name} USING fts5 (text)`);
    const insert = database.prepare(`INSERT INTO ${name} (rowid, text) VALUES (?, ?)`);
    for (const { page, text } of pages) insert.run(page, text);
  }
  return ({ name }, { text }) => {
    const expression = (text.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => `"${word}"`).join(' OR ');
    const find = database.prepare<[string], { readonly page: number }>(
      `SELECT rowid AS page FROM ${name} WHERE ${name} MATCH ? ORDER BY rank LIMIT ${depth}`,
    );
    return find.all(expression).map(({ page }) => page);
  };
}

function facetRanker(folder: string): Ranker {
  const database = openDatabase(join(folder, 'bench.db'));
  const readings = createReadings(database);
  const index = createChunkIndex(database);
  for (const { name, pages } of manuals) {
    readings.saveDocument(name, 'text', {
      format: 'text',
      title: name,
      pages: pages.map(({ page, text }) => ({
        page,
        text,
        source: 'text',
        characters: text.length,
        headings: [],
        tables: [],
        warnings: [],
      })),
      coverage: { pages: pages.length, text: pages.length, ocr: 0, vision: 0, blank: 0, failed: 0 },
      warnings: [],
    });
    index.build({ sha256: name, format: 'text', pages });
  }
  return ({ name, pages }, { text }) => {
    const found = index.search([{ sha256: name, format: 'text', pages }], text, 60);
    return [...new Set(found.map(({ page }) => page))].slice(0, depth);
  };
}

const folder = mkdtempSync(join(tmpdir(), 'facet-bench-'));
const rankers: Readonly<Record<string, Ranker>> = { 'plain BM25 over pages': plainRanker(), Facet: facetRanker(folder) };
const all = manuals.flatMap((manual) => manual.questions.map((question) => ({ manual, question })));
report(`${manuals.length} manuals, ${manuals.reduce((sum, { pages }) => sum + pages.length, 0)} pages, ${all.length} questions`);
for (const kind of ['heading', 'description', 'all'] as const) {
  const chosen = all.filter(({ question }) => kind === 'all' || question.from === kind);
  for (const [name, rank] of Object.entries(rankers)) {
    const places = chosen.map(({ manual, question }) => rank(manual, question).indexOf(question.page));
    const mean = (score: (place: number) => number): string =>
      (places.reduce((sum, place) => sum + (place < 0 ? 0 : score(place)), 0) / places.length).toFixed(3);
    const recall = mean((place) => (place < 5 ? 1 : 0));
    const gain = mean((place) => 1 / Math.log2(place + 2));
    const reciprocal = mean((place) => 1 / (place + 1));
    report(`${kind.padEnd(12)} ${name.padEnd(22)} n ${chosen.length}  Recall@5 ${recall}  nDCG@10 ${gain}  MRR ${reciprocal}`);
  }
}
if (values.misses) {
  for (const { manual, question } of all) {
    const place = rankers['Facet']?.(manual, question).indexOf(question.page) ?? -1;
    if (place < 0 || place > 4) report(`${manual.name} page ${question.page} (${place}): ${question.text}`);
  }
}
rmSync(folder, { recursive: true, force: true });
