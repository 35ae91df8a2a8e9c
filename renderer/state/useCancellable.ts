import { useEffect, useMemo, useRef } from 'react';
import { toErrorData } from '../../electron/shared/errors.ts';
import { sentence } from './sentence.ts';
import { useFacet } from './useFacet.ts';

/** One piece of work at a time that can be given up, and is when its place on the page goes. */
export interface Cancellable {
  /** Never rejects: a failure is a notice. */
  readonly run: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  readonly cancel: () => void;
}

export function useCancellable(): Cancellable {
  const { view } = useFacet();
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  return useMemo(
    () => ({
      run: async (work) => {
        const abort = new AbortController();
        current.current = abort;
        try {
          await work(abort.signal);
        } catch (error) {
          if (!abort.signal.aborted) view.notify(sentence(toErrorData(error)));
        }
      },
      cancel: () => current.current?.abort(),
    }),
    [view],
  );
}
