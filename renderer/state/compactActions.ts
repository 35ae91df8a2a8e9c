import { createStore, type StoreApi } from 'zustand/vanilla';
import { toErrorData } from '../../electron/shared/errors.ts';
import type { FacetClient } from '../client/facetClient.ts';
import { sentence } from './sentence.ts';
import type { ViewActions } from './viewActions.ts';

/** A summary that the model is writing for a conversation; one at a time. */
export interface WrittenSummary {
  readonly conversationId: string;
  /** As far as it is written. */
  readonly text: string;
  readonly part: number;
  readonly parts: number;
}

export interface CompactSlice {
  readonly writing: WrittenSummary | null;
}

/** Summaries in the place of older turns. */
export interface CompactActions {
  readonly store: StoreApi<CompactSlice>;
  /** Has one written; false when it was stopped or could not be, which is told. */
  compact(conversationId: string): Promise<boolean>;
  /** Stops the one being written; nothing of it is kept. */
  stop(): void;
  undo(conversationId: string, compactionId: string): Promise<void>;
}

export function createCompactActions(client: FacetClient, view: ViewActions): CompactActions {
  const store = createStore<CompactSlice>(() => ({ writing: null }));
  let controller: AbortController | null = null;
  const tell = (error: unknown): void => {
    const data = toErrorData(error);
    if (data.code !== 'cancelled') view.notify(sentence(data));
  };
  return {
    store,
    async compact(conversationId) {
      if (controller !== null) return false;
      controller = new AbortController();
      store.setState({ writing: { conversationId, text: '', part: 1, parts: 1 } });
      const stop = client.onEvent((event) => {
        if (event.name === 'compaction.written' && event.payload.conversationId === conversationId)
          store.setState({ writing: event.payload });
      });
      try {
        await client.request('conversation.compact', { id: conversationId }, controller.signal);
        return true;
      } catch (error) {
        tell(error);
        return false;
      } finally {
        stop();
        controller = null;
        store.setState({ writing: null });
      }
    },
    stop: () => controller?.abort(),
    async undo(conversationId, compactionId) {
      await client.request('conversation.undoCompact', { id: conversationId, compactionId }).catch(tell);
    },
  };
}
