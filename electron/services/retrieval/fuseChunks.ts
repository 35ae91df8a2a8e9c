import type { FoundChunk, SearchedDocument } from './chunkIndex.ts';
import { fuseRanks, type Ranked } from './fuseRanks.ts';
import { likeness, type VectorStore } from './vectorStore.ts';

export interface FuseOptions {
  readonly documents: readonly SearchedDocument[];
  readonly limit: number;
  readonly model: string;
  /** Of the question. */
  readonly vector: Float32Array;
  readonly isMeant: (document: number) => boolean;
}

/** What was found by words, ranked together with what the vectors say. */
export function fuseChunks(
  byWords: readonly FoundChunk[],
  vectors: Pick<VectorStore, 'chunks'>,
  { documents, limit, model, vector, isMeant }: FuseOptions,
): readonly FoundChunk[] {
  const byMeaning = documents
    .flatMap((source, document) =>
      isMeant(document)
        ? vectors.chunks(source, model).map(({ vector: own, ...chunk }) => ({ ...chunk, document, score: likeness(vector, own) }))
        : [],
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
  return fuseRanks(byWords.map(ranked), byMeaning.map(ranked), ({ document }) => isMeant(document))
    .slice(0, limit)
    .map(({ item, score }) => ({ ...item, score }));
}

function ranked(item: FoundChunk): Ranked<FoundChunk> {
  return { key: `${String(item.document)} ${String(item.page)} ${String(item.start)}`, item };
}
