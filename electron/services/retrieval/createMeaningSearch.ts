import type { EngineClient } from '../../engine/engineClient.ts';
import type { Requests } from '../../shared/contract.ts';
import type { Model } from '../../shared/models.ts';
import type { Events } from '../../shared/events.ts';
import type { NamedEvent, RequestHandlers } from '../../shared/rpc.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Database } from '../database/openDatabase.ts';
import type { Emit } from '../emit.ts';
import type { ChunkIndex } from './chunkIndex.ts';
import { type Retrieval, createRetrieval } from './createRetrieval.ts';
import { type MeaningIndexer, type MeaningIndexerOptions, createMeaningIndexer } from './meaningIndexer.ts';
import { createTextEmbedder } from './textEmbedder.ts';
import { createVectorStore } from './vectorStore.ts';

export interface MeaningSearchOptions {
  readonly database: Database;
  /** Of the search model's own child. */
  readonly engine: EngineClient;
  readonly models: { list(): readonly Model[]; requireSearchModel(id: string, signal: AbortSignal): Promise<Model> };
  /** On disk, without private chats' files. */
  readonly attachments: MeaningIndexerOptions['attachments'];
  readonly keptIndex: ChunkIndex;
  /** With private chats' files. */
  readonly index: ChunkIndex;
  readonly settings: () => Settings;
  readonly isBusy: () => boolean;
  /** Whether documents are prepared in idle time; what was prepared is used anyway. */
  readonly prepares: boolean;
  readonly emit: Emit;
}

/** Search by words, and by meaning where there is a search model. */
export interface MeaningSearch {
  readonly retrieval: Retrieval;
  readonly indexer: MeaningIndexer;
  readonly handlers: Pick<RequestHandlers<Requests>, 'meaning.describe'>;
}

/** Progress of a reading or a download is told many times a second, and prepares nothing. */
export function mayHaveMoreToPrepare(event: NamedEvent<Events>): boolean {
  switch (event.name) {
    case 'settings.changed':
      return event.payload.settings.searchByMeaning;
    case 'attachment.changed':
      return event.payload.attachment.state.kind === 'document';
    case 'model.changed':
      return event.payload.model.search === true;
    default:
      return false;
  }
}

export function createMeaningSearch(options: MeaningSearchOptions): MeaningSearch {
  const { database, models, settings, emit } = options;
  const vectors = createVectorStore(database);
  const isSearchModel = ({ search, state }: Model): boolean => search === true && state.kind === 'installed';
  const tell = (): void => emit('meaning.changed', indexer.state());
  const embedder = createTextEmbedder({
    engine: options.engine,
    models: () => (settings().searchByMeaning ? models.list().filter(isSearchModel) : []),
    requireSearchModel: (id, signal) => models.requireSearchModel(id, signal),
    threads: () => settings().threads,
    changed: tell,
  });
  if (!models.list().some(({ search }) => search === true)) vectors.keepOnly(null);
  const indexer = createMeaningIndexer({
    attachments: options.attachments,
    index: options.keptIndex,
    vectors,
    embedder,
    isBusy: options.isBusy,
    changed: tell,
  });
  return {
    retrieval: createRetrieval({ index: options.index, vectors, embedder }),
    indexer: {
      ...indexer,
      goOn: () => {
        if (options.prepares) indexer.goOn();
      },
      close: async () => {
        await indexer.close();
        embedder.close();
      },
    },
    handlers: { 'meaning.describe': () => indexer.state() },
  };
}
