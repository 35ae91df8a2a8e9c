import { type Beat, beatMs } from '../children/heartbeat.ts';
import type { Unsubscribe } from '../shared/rpc.ts';

/**
 * How long a cancelled request may go on, in milliseconds. Work stops within one matrix product (a few seconds for the largest model on a slow
 * machine) or one file read; what takes longer has lost its way, and only a new engine helps.
 */
export const cancelGraceMs = 20_000;

/** Beats in a row without any sign of work before it counts as standing still: a minute. */
export const stillBeats = 60_000 / beatMs;

/**
 * Processor time, in milliseconds within a minute, that is a sign of work: far more than answering pings takes, and far less than anything else does,
 * such as reading a large file from a slow disk.
 */
const workCpuMs = 250;

/**
 * Watches the requests of one child. One that goes on although it was cancelled is `stuck`. One during which the child says nothing and uses no
 * processor time for a minute is only told: nobody knows whether it comes back, and what was written so far is the user's.
 */
export interface WorkWatch {
  /** A request to the child. @returns what tells that it was answered, well or not */
  begin(signal: AbortSignal | undefined): () => void;
  /** The child said something by itself: progress. */
  heard(): void;
  beat(beat: Beat): void;
  /** Called when work begins to stand still, and when that is over. */
  onStalled(listener: (stalled: boolean) => void): Unsubscribe;
}

/** @param stuck ends the child */
export function createWorkWatch({ graceMs, stuck }: { readonly graceMs: number; readonly stuck: () => void }): WorkWatch {
  const listeners = new Set<(stalled: boolean) => void>();
  /** For each request, the beats since the last sign of work. An answer to another one is none: tokenising goes on beside everything. */
  const open = new Set<{ beats: number }>();
  /** Processor time at each beat of the last minute, the oldest first. */
  let used: readonly number[] = [0];
  let stalled = false;

  const tell = (): void => {
    const now = [...open].some(({ beats }) => beats >= stillBeats);
    if (now === stalled) return;
    stalled = now;
    for (const listener of [...listeners]) listener(now);
  };
  const sign = (): void => {
    used = used.slice(-1);
    for (const request of open) request.beats = 0;
    tell();
  };
  return {
    begin: (signal) => {
      const request = { beats: 0 };
      open.add(request);
      const stopWaiting = watchCancelled(signal, graceMs, stuck);
      return () => {
        stopWaiting();
        open.delete(request);
        tell();
      };
    },
    heard: sign,
    beat: ({ cpuMs }) => {
      const [oldest = 0] = used;
      const now = cpuMs ?? used.at(-1) ?? 0;
      used = [...used, now].slice(-stillBeats);
      // Less than before is another child.
      if (now < oldest || now - oldest >= workCpuMs) sign();
      else for (const request of open) request.beats += 1;
      tell();
    },
    onStalled: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Calls `stuck` when what it returns is not called within `graceMs` after the signal aborts. */
function watchCancelled(signal: AbortSignal | undefined, graceMs: number, stuck: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(stuck, graceMs);
  };
  signal?.addEventListener('abort', wait, { once: true });
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', wait);
  };
}
