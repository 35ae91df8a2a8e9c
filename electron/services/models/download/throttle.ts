import { setTimeout as sleep } from 'node:timers/promises';

/** Lets all connections of Facet together take so many bytes a second; null for no limit. */
export interface Throttle {
  /** Resolves when these bytes may be taken in. @throws AbortError */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** @param limit asked for each time, so that it can be changed in the middle of a download. @param now in milliseconds */
export function createThrottle(limit: () => number | null, now: () => number = () => performance.now()): Throttle {
  /** When everything granted so far would have come in at the limit. */
  let paidUntil = -Infinity;
  return {
    async take(bytes, signal) {
      const perSecond = limit();
      if (perSecond === null) return;
      const time = now();
      paidUntil = Math.max(paidUntil, time) + (bytes * 1_000) / perSecond;
      if (paidUntil > time) await sleep(paidUntil - time, undefined, { signal });
    },
  };
}
