import { useEffect, useState } from 'react';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import type { TableSummary } from '../../../electron/shared/tableQuery.ts';
import { useFacet } from '../../state/useFacet.ts';

export type Tables =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly tables: readonly TableSummary[] }
  | { readonly kind: 'failed'; readonly error: ErrorData };

/** The tables of a document, looked up when `wanted`. */
export function useTables(attachmentId: string, wanted: boolean): Tables {
  const { client } = useFacet();
  const [tables, setTables] = useState<Tables>({ kind: 'loading' });
  useEffect(() => {
    if (!wanted) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    client.request('table.describe', { attachmentId }, signal).then(
      (known) => setTables({ kind: 'known', tables: known }),
      (reason: unknown) => {
        if (!signal.aborted) setTables({ kind: 'failed', error: toErrorData(reason) });
      },
    );
    return () => controller.abort();
  }, [attachmentId, client, wanted]);
  return tables;
}
