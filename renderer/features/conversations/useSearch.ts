import { useEffect, useState } from 'react';
import type { SearchHit } from '../../../electron/shared/conversations.ts';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';

export type SearchState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'found'; readonly query: string; readonly hits: readonly SearchHit[] }
  | { readonly kind: 'failed'; readonly error: ErrorData };

const restMs = 120;
const limit = 50;

/** Hits for what is typed, a moment after the last key, once there is a connection. The hits before stay until new ones are here. */
export function useSearch(text: string): SearchState {
  const { client } = useFacet();
  const connected = useApp(({ connection }) => connection.kind === 'connected');
  const [state, setState] = useState<SearchState>({ kind: 'idle' });
  const query = text.trim();
  useEffect(() => {
    if (query === '' || !connected) return undefined;
    const abort = new AbortController();
    const search = async (): Promise<void> => {
      try {
        const hits = await client.request('conversation.search', { query, limit }, abort.signal);
        if (!abort.signal.aborted) setState({ kind: 'found', query, hits });
      } catch (error) {
        if (!abort.signal.aborted) setState({ kind: 'failed', error: toErrorData(error) });
      }
    };
    const timer = setTimeout(() => void search(), restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, query, connected]);
  return query === '' ? { kind: 'idle' } : state;
}
