import { availableParallelism } from 'node:os';

/** Threads that a model may compute with, and a sentence where those are fewer than were asked for. */
export interface UsefulThreads {
  readonly threads: number;
  readonly told: readonly string[];
}

/** At most as many as this computer runs at once: each step waits for all of them, and those that have no core keep the others waiting. */
export function usefulThreads(asked: number, cores: number = availableParallelism()): UsefulThreads {
  if (asked <= cores) return { threads: asked, told: [] };
  return { threads: cores, told: [`Only ${cores} of the ${asked} threads asked for are used: this computer runs no more at once.`] };
}
