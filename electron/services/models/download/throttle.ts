import { setTimeout as sleep } from 'node:timers/promises';

/** Lets all connections of Facet together take so many bytes a second; null for no limit. */
export interface Throttle {
  /** Resolves when these bytes may be taken in. @throws AbortError */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** What time it is and how to wait, in milliseconds. */
export interface Clock {
  now(): number;
  /** @throws AbortError */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const clockOnTheWall: Clock = { now: () => performance.now(), wait: (ms, signal) => sleep(ms, undefined, { signal }) };

/** @param limit bytes a second, asked for each time, so that it can be changed in the middle of a download */
export function createThrottle(limit: () => number | null, clock: Clock = clockOnTheWall): Throttle {
  /** When everything granted so far would have come in at the limit. */
  let paidUntil = -Infinity;
  return {
    async take(bytes, signal) {
      const perSecond = limit();
      if (perSecond === null) return;
      const time = clock.now();
      paidUntil = Math.max(paidUntil, time) + (bytes * 1_000) / perSecond;
      if (paidUntil > time) await clock.wait(paidUntil - time, signal);
    },
  };
}
