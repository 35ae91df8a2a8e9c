import { facetError } from '../shared/errors.ts';

/** Runs one job after the other, in order of arrival. */
export interface WorkQueue {
  /**
   * Rejects with `cancelled` as soon as the signal aborts before the job's turn, whatever the job before it does; once it has begun, the job itself
   * must see to it.
   */
  add<T>(signal: AbortSignal, job: () => Promise<T>): Promise<T>;
}

export function createWorkQueue(): WorkQueue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add: (signal, job) => {
      if (signal.aborted) return Promise.reject(facetError('cancelled', {}));
      return new Promise((resolve, reject) => {
        const leave = (): void => reject(facetError('cancelled', {}));
        signal.addEventListener('abort', leave, { once: true });
        const turn = last.then(async () => {
          signal.removeEventListener('abort', leave);
          if (!signal.aborted) resolve(await job());
        });
        // A failed job must not stop those behind it.
        last = turn.catch(reject);
      });
    },
  };
}
