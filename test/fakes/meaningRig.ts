import { createReadings } from '../../electron/services/attachments/readings.ts';
import { openDatabase } from '../../electron/services/database/openDatabase.ts';
import { type SearchedDocument, createChunkIndex } from '../../electron/services/retrieval/chunkIndex.ts';
import { createRetrieval } from '../../electron/services/retrieval/createRetrieval.ts';
import { type MeaningIndexer, createMeaningIndexer } from '../../electron/services/retrieval/meaningIndexer.ts';
import type { TextEmbedder } from '../../electron/services/retrieval/textEmbedder.ts';
import { createVectorStore } from '../../electron/services/retrieval/vectorStore.ts';
import { attachmentOf, storeDocument } from './storedDocument.ts';

/** Search by meaning over documents in memory. */
export function createMeaningRig(embedder: TextEmbedder) {
  const database = openDatabase(':memory:');
  const readings = createReadings(database);
  const index = createChunkIndex(database);
  const vectors = createVectorStore(database);
  const documents: SearchedDocument[] = [];
  const waiting = new Set<() => void>();
  const rig = {
    database,
    readings,
    index,
    vectors,
    busy: false,
    indexer: null as unknown as MeaningIndexer,
    retrieval: createRetrieval({ index, vectors, embedder }),
    add: (name: string, texts: readonly string[]): SearchedDocument => {
      const document = storeDocument(readings, name, texts);
      documents.push(document);
      return document;
    },
    /** Resolves when all documents are prepared. @throws what went wrong */
    prepared: async (): Promise<void> => {
      rig.indexer.goOn();
      for (;;) {
        const { documents: all, ready, distrusted, working, problem } = rig.indexer.state();
        if (problem !== null) throw new Error(JSON.stringify(problem));
        if (working === null && ready + distrusted === all) return;
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
    find: async (asked: readonly SearchedDocument[], question: string) => {
      const { chunks, by } = await rig.retrieval.find(asked, question, 80, new AbortController().signal);
      return { by, pages: chunks.map(({ document, page }) => `${asked[document]?.sha256 ?? ''} ${String(page)}`) };
    },
    close: async (): Promise<void> => {
      await rig.indexer.close();
      database.close();
    },
  };
  rig.indexer = createMeaningIndexer({
    attachments: {
      list: () => documents.map(attachmentOf),
      text: (id) =>
        Promise.resolve(
          (documents.find(({ sha256 }) => sha256 === id)?.pages ?? []).map(({ page, text }) => ({ page, text, headings: [] })),
        ),
    },
    index,
    vectors,
    embedder,
    isBusy: () => rig.busy,
    changed: () => {
      for (const resolve of waiting) resolve();
      waiting.clear();
    },
  });
  return rig;
}
