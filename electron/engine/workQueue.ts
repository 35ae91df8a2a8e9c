import { facetError } from '../shared/errors.ts';

/** Runs one job after the other, in order of arrival. */
export interface WorkQueue {
  /**
   * Rejects with `cancelled` when the signal aborts before the job's turn; once it has begun, the job itself must see to it.
   */
  add<T>(signal: AbortSignal, job: () => Promise<T>): Promise<T>;
}

export function createWorkQueue(): WorkQueue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add: (signal, job) => {
      const result = last.then(() => {
        if (signal.aborted) throw facetError('cancelled', {});
        return job();
      });
      // A failed job must not stop those behind it.
      last = result.catch(() => undefined);
      return result;
    },
  };
}
