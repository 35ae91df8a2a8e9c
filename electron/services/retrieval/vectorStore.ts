import type { Database } from '../database/openDatabase.ts';
import type { Chunk } from './chunkPages.ts';

/** A content as its chunks are stored under. */
export interface VectorSource {
  readonly sha256: string;
  readonly format: string;
}

export interface ChunkToEmbed extends Chunk {
  readonly id: number;
}

export interface EmbeddedChunk extends Chunk {
  /** -127..127; only its direction counts. Empty for a chunk that the model cannot read whole. */
  readonly vector: Int8Array;
}

/** How the sentences of a content were found, as mean nDCG@10. */
export interface MeaningTest {
  readonly byWords: number;
  readonly byMeaning: number;
  readonly byBoth: number;
  readonly trusted: boolean;
}

/** What search models made of chunks, gone with them. Models are named by the sha256 of their file. */
export interface VectorStore {
  /** In order; those of a content that was not cut yet are none. */
  missing(source: VectorSource, model: string): readonly ChunkToEmbed[];
  /** Chunks that are gone meanwhile are left out. */
  save(model: string, vectors: readonly { readonly id: number; readonly vector: Float32Array }[]): void;
  chunks(source: VectorSource, model: string): readonly EmbeddedChunk[];
  /** Null before all its vectors were there and tested. */
  test(source: VectorSource, model: string): MeaningTest | null;
  saveTest(source: VectorSource, model: string, test: MeaningTest): void;
  /** Forgets whatever other models made. */
  keepOnly(model: string | null): void;
}

export function createVectorStore(database: Database): VectorStore {
  const without = database.prepare<[string, string, string], ChunkToEmbed>(
    `SELECT id, page, start, end, heading FROM chunks LEFT JOIN chunk_vectors ON chunk_id = id AND model_sha256 = ?
     WHERE sha256 = ? AND format = ? AND vector IS NULL ORDER BY id`,
  );
  const insert = database.prepare<[string, Buffer, number]>(
    'INSERT OR REPLACE INTO chunk_vectors (chunk_id, model_sha256, vector) SELECT id, ?, ? FROM chunks WHERE id = ?',
  );
  const all = database.prepare<[string, string, string], Chunk & { readonly vector: Buffer }>(
    `SELECT page, start, end, heading, vector FROM chunks JOIN chunk_vectors ON chunk_id = id
     WHERE model_sha256 = ? AND sha256 = ? AND format = ? ORDER BY id`,
  );
  const tested = database.prepare<[string, string, string], Omit<MeaningTest, 'trusted'> & { readonly trusted: number }>(
    'SELECT by_words AS byWords, by_meaning AS byMeaning, by_both AS byBoth, trusted FROM meaning_tests WHERE sha256 = ? AND format = ? AND model_sha256 = ?',
  );
  const insertTest = database.prepare<[string, number, number, number, number, string, string]>(
    `INSERT OR REPLACE INTO meaning_tests (sha256, format, model_sha256, by_words, by_meaning, by_both, trusted)
     SELECT sha256, format, ?, ?, ?, ?, ? FROM chunked_contents WHERE sha256 = ? AND format = ?`,
  );
  const dropVectors = database.prepare<[string]>('DELETE FROM chunk_vectors WHERE model_sha256 <> ?');
  const dropTests = database.prepare<[string]>('DELETE FROM meaning_tests WHERE model_sha256 <> ?');
  return {
    missing: ({ sha256, format }, model) => without.all(model, sha256, format),
    save: database.transaction((model: string, vectors: Parameters<VectorStore['save']>[1]) => {
      for (const { id, vector } of vectors) insert.run(model, Buffer.from(inBytes(vector).buffer), id);
    }),
    chunks: ({ sha256, format }, model) =>
      all.all(model, sha256, format).map(({ vector, ...chunk }) => ({
        ...chunk,
        vector: new Int8Array(vector.buffer, vector.byteOffset, vector.byteLength),
      })),
    test: ({ sha256, format }, model) => {
      const row = tested.get(sha256, format, model);
      return row === undefined ? null : { ...row, trusted: row.trusted === 1 };
    },
    saveTest: ({ sha256, format }, model, { byWords, byMeaning, byBoth, trusted }) =>
      void insertTest.run(model, byWords, byMeaning, byBoth, trusted ? 1 : 0, sha256, format),
    keepOnly: database.transaction((model: string | null) => {
      dropVectors.run(model ?? '');
      dropTests.run(model ?? '');
    }),
  };
}

/** A vector in one byte a number, its largest at 127: its direction is off by less than half a percent. */
export function inBytes(vector: Float32Array): Int8Array<ArrayBuffer> {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int8Array.from(vector, (value) => (largest === 0 ? 0 : Math.round((value / largest) * 127)));
}

/** Cosine of the angle between them, -1..1; -1 where one is empty. */
export function likeness(query: Float32Array, vector: Int8Array): number {
  if (vector.length !== query.length || vector.length === 0) return -1;
  let product = 0;
  let length = 0;
  let queryLength = 0;
  for (let at = 0; at < vector.length; at++) {
    const [a, b] = [query[at] ?? 0, vector[at] ?? 0];
    product += a * b;
    length += b * b;
    queryLength += a * a;
  }
  return length === 0 || queryLength === 0 ? -1 : product / Math.sqrt(length * queryLength);
}
