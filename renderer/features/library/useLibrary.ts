import { useEffect, useMemo, useState } from 'react';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import type { FileUse, LibraryHit } from '../../../electron/shared/library.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { foundEntries, libraryEntries, type LibraryEntry } from './libraryEntries.ts';

/** A moment after the last key, in milliseconds. */
const restMs = 120;
const mostHits = 100;

export interface ShownLibrary {
  /** Null until it is known. */
  readonly entries: readonly LibraryEntry[] | null;
  /** Number of contents without any search. */
  readonly total: number;
  readonly error: ErrorData | null;
}

/** The library, or what of it fits the words typed. */
export function useLibrary(typed: string): ShownLibrary {
  const { client } = useFacet();
  const connected = useApp(({ connection }) => connection.kind === 'connected');
  const attachments = useApp(({ app }) => app?.attachments ?? null);
  const [uses, setUses] = useState<readonly FileUse[] | null>(null);
  const [found, setFound] = useState<{ readonly query: string; readonly hits: readonly LibraryHit[] } | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const query = typed.trim();
  const count = attachments?.length ?? 0;

  useEffect(() => {
    if (!connected) return undefined;
    const abort = new AbortController();
    client.request('library.uses', {}, abort.signal).then(setUses, (reason: unknown) => {
      if (!abort.signal.aborted) setError(toErrorData(reason));
    });
    return () => abort.abort();
  }, [client, count, connected]);
  useEffect(() => {
    if (query === '' || !connected) return undefined;
    const abort = new AbortController();
    const search = async (): Promise<void> => {
      try {
        const hits = await client.request('library.search', { query, limit: mostHits }, abort.signal);
        if (abort.signal.aborted) return;
        setError(null);
        setFound({ query, hits });
      } catch (reason) {
        if (!abort.signal.aborted) setError(toErrorData(reason));
      }
    };
    const timer = setTimeout(() => void search(), restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, query, count, connected]);

  const all = useMemo(() => libraryEntries(attachments ?? [], uses ?? []), [attachments, uses]);
  const entries = useMemo(() => (query === '' ? all : foundEntries(all, query, found?.hits ?? [])), [all, query, found]);
  // Names are found at once; that nothing is found is only said when the texts were searched too.
  const known = attachments !== null && (query === '' || found?.query === query || entries.length > 0 || error !== null);
  return { entries: known ? entries : null, total: all.length, error };
}
