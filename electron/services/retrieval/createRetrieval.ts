import type { FoundBy } from '../../shared/asking.ts';
import type { ChunkIndex, FoundChunk, SearchedDocument } from './chunkIndex.ts';
import { fuseChunks } from './fuseChunks.ts';
import type { TextEmbedder } from './textEmbedder.ts';
import type { VectorStore } from './vectorStore.ts';

export interface Found {
  /** Best first. */
  readonly chunks: readonly FoundChunk[];
  /** `wordsAndMeaning` where at least one of the documents was searched so. */
  readonly by: FoundBy;
}

/** Finds the parts of documents that fit a question. */
export interface Retrieval {
  /** All chunks in order. */
  chunks: ChunkIndex['chunks'];
  /** @throws FacetError cancelled */
  find(documents: readonly SearchedDocument[], question: string, limit: number, signal: AbortSignal): Promise<Found>;
}

export interface RetrievalParts {
  readonly index: ChunkIndex;
  readonly vectors: VectorStore;
  readonly embedder: Pick<TextEmbedder, 'model' | 'question'>;
}

export function createRetrieval({ index, vectors, embedder }: RetrievalParts): Retrieval {
  return {
    chunks: (document) => index.chunks(document),
    find: async (documents, question, limit, signal) => {
      const byWords = { chunks: index.search(documents, question, limit), by: 'words' } as const;
      const model = embedder.model();
      if (model === null) return byWords;
      const trusted = new Set(
        documents.flatMap((document, place) =>
          document.partial !== true && vectors.test(document, model)?.trusted === true ? [place] : [],
        ),
      );
      if (trusted.size === 0) return byWords;
      const asked = await embedder.question(question, signal);
      if (asked?.model !== model) return byWords;
      const options = { documents, limit, model, vector: asked.vector, isMeant: (document: number) => trusted.has(document) };
      return { chunks: fuseChunks(byWords.chunks, vectors, options), by: 'wordsAndMeaning' };
    },
  };
}
