import { useEffect, useState } from 'react';
import type { Requests } from '../../electron/shared/contract.ts';
import { toErrorData } from '../../electron/shared/errors.ts';
import { sentence } from './sentence.ts';
import { useFacet } from './useFacet.ts';

/** Requests without parameters. */
type Plain = { [K in keyof Requests]: Requests[K]['params'] extends Record<string, never> ? K : never }[keyof Requests];

/** The answer to a request, null until it is here, and a way to put a newer one in its place. Asked for again when `again` changes; a failure is a notice. */
export function useFetched<K extends Plain>(
  name: K,
  again?: unknown,
): readonly [Requests[K]['result'] | null, (answer: Requests[K]['result']) => void] {
  const { client, view } = useFacet();
  const [answer, setAnswer] = useState<Requests[K]['result'] | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    client.request(name, {}, abort.signal).then(setAnswer, (error: unknown) => {
      if (!abort.signal.aborted) view.notify(sentence(toErrorData(error)));
    });
    return () => abort.abort();
  }, [client, view, name, again]);
  return [answer, setAnswer];
}
