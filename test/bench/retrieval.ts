// How well Facet finds the page that answers a question, beside plain BM25 over pages, in one run: known-item questions made from real manuals.
// Then the same fused with vectors: of a fake that knows nothing but words, of one whose vectors say nothing (with and without the test that keeps such
// out), and of a search model where one is given.
// node_modules/.bin/node test/bench/retrieval.ts [--manuals .cache/manuals] [--model EMBEDDINGGEMMA.gguf] [--misses]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import BetterSqlite3 from 'better-sqlite3';
import { createReadings } from '../../electron/services/attachments/readings.ts';
import { openDatabase } from '../../electron/services/database/openDatabase.ts';
import { type ChunkIndex, createChunkIndex } from '../../electron/services/retrieval/chunkIndex.ts';
import { createRetrieval } from '../../electron/services/retrieval/createRetrieval.ts';
import { type MeaningIndexer, createMeaningIndexer } from '../../electron/services/retrieval/meaningIndexer.ts';
import { queryPrompt, type TextEmbedder } from '../../electron/services/retrieval/textEmbedder.ts';
import { type VectorStore, createVectorStore } from '../../electron/services/retrieval/vectorStore.ts';
import { loadNativeBinding } from '../../electron/engine/nativeBinding.ts';
import { fakeEmbedder } from '../fakes/fakeEmbedder.ts';
import { attachmentOf, storeDocument } from '../fakes/storedDocument.ts';
import { embedBySynonyms, embedUselessly } from '../fakes/synonymEmbedder.ts';
import { type Manual, type Question, loadManuals } from './retrieval/manuals.ts';

const { values } = parseArgs({
  options: {
    manuals: { type: 'string', default: '.cache/manuals' },
    model: { type: 'string' },
    misses: { type: 'boolean', default: false },
  },
});
const manuals = loadManuals(values.manuals);
/** Pages ranked for each question. */
const depth = 10;

const report = (line: string): void => void process.stdout.write(`${line}\n`);

type Ranker = (manual: Manual, question: Question) => readonly number[] | Promise<readonly number[]>;

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

interface Meaning {
  readonly embedder: TextEmbedder;
  /** Whether vectors are used though they failed their test. */
  readonly always?: boolean;
}

async function facetRanker(folder: string, name: string, meaning: Meaning | null): Promise<Ranker> {
  const database = openDatabase(join(folder, `${name}.db`));
  const readings = createReadings(database);
  const index = createChunkIndex(database);
  for (const { name, pages } of manuals) {
    storeDocument(
      readings,
      name,
      pages.map(({ text }) => text),
    );
    index.build({ sha256: name, format: 'text', pages });
  }
  const vectors = createVectorStore(database);
  if (meaning !== null) await prepare(index, vectors, meaning);
  const embedder = meaning?.embedder ?? { model: () => null, question: () => Promise.resolve(null) };
  const retrieval = createRetrieval({ index, vectors, embedder });
  return async ({ name, pages }, { text }) => {
    const { chunks } = await retrieval.find([{ sha256: name, format: 'text', pages }], text, 80, new AbortController().signal);
    return [...new Set(chunks.map(({ page }) => page))].slice(0, depth);
  };
}

/** Vectors of all manuals, by the product's own indexer. */
async function prepare(index: ChunkIndex, vectors: VectorStore, { embedder, always = false }: Meaning): Promise<void> {
  const begun = performance.now();
  const done = new Promise<void>((resolve) => {
    const indexer: MeaningIndexer = createMeaningIndexer({
      attachments: {
        list: () => manuals.map(({ name }) => attachmentOf({ sha256: name })),
        text: (id) => Promise.resolve(manuals.find(({ name }) => name === id)?.pages.map((page) => ({ ...page, headings: [] })) ?? []),
      },
      index,
      vectors,
      embedder,
      isBusy: () => false,
      changed: () => {
        const { documents, ready, distrusted, working, problem } = indexer.state();
        if (problem !== null) throw new Error(JSON.stringify(problem));
        if (working === null && ready + distrusted === documents) resolve();
      },
    });
    indexer.goOn();
  });
  await done;
  const model = embedder.model() ?? '';
  for (const { name } of manuals) {
    const test = vectors.test({ sha256: name, format: 'text' }, model);
    if (test === null) throw new Error(`${name} was not tested`);
    report(
      `  ${name.padEnd(9)} own sentences: words ${test.byWords.toFixed(3)}, meaning ${test.byMeaning.toFixed(3)}, both ${test.byBoth.toFixed(3)}, ${test.trusted ? 'trusted' : 'not trusted'}`,
    );
    if (always) vectors.saveTest({ sha256: name, format: 'text' }, model, { ...test, trusted: true });
  }
  report(`  prepared in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

/** The search model in this process. */
function modelEmbedder(path: string): TextEmbedder {
  const { binding, libraryFolder } = loadNativeBinding(process.cwd());
  binding.initialize(libraryFolder, () => undefined);
  const native = new binding.TextEmbedder();
  const loaded = native.load(path, 0, new binding.CancelFlag());
  const embed = async (texts: readonly string[]): Promise<readonly Float32Array[]> => {
    await loaded;
    return native.embed(texts, new binding.CancelFlag());
  };
  const question = async (text: string) => ({ model: path, vector: (await embed([queryPrompt(text)]))[0] ?? new Float32Array() });
  return { ...fakeEmbedder(() => new Float32Array(), path), embed, question };
}

const folder = mkdtempSync(join(tmpdir(), 'facet-bench-'));
const meanings: Readonly<Record<string, Meaning>> = {
  'and words hashed': { embedder: fakeEmbedder(embedBySynonyms) },
  'and useless vectors': { embedder: fakeEmbedder(embedUselessly) },
  'the same, untested': { embedder: fakeEmbedder(embedUselessly), always: true },
  ...(values.model === undefined ? {} : { 'and the model': { embedder: modelEmbedder(values.model) } }),
};
const rankers: Record<string, Ranker> = { 'plain BM25 over pages': plainRanker(), Facet: await facetRanker(folder, 'words', null) };
for (const [name, meaning] of Object.entries(meanings)) {
  report(name);
  rankers[name] = await facetRanker(folder, name.replaceAll(/\W/g, ''), meaning);
}
const all = manuals.flatMap((manual) => manual.questions.map((question) => ({ manual, question })));
report(`${manuals.length} manuals, ${manuals.reduce((sum, { pages }) => sum + pages.length, 0)} pages, ${all.length} questions`);
for (const kind of ['heading', 'description', 'all'] as const) {
  const chosen = all.filter(({ question }) => kind === 'all' || question.from === kind);
  for (const [name, rank] of Object.entries(rankers)) {
    const places: number[] = [];
    for (const { manual, question } of chosen) places.push((await rank(manual, question)).indexOf(question.page));
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
    const place = (await rankers['Facet']?.(manual, question))?.indexOf(question.page) ?? -1;
    if (place < 0 || place > 4) report(`${manual.name} page ${question.page} (${place}): ${question.text}`);
  }
}
rmSync(folder, { recursive: true, force: true });
