import { assertNever } from './assertNever.ts';
import { bytesInWords } from './bytesInWords.ts';
import type { CacheType, MemoryEstimate } from './memoryEstimate.ts';
import type { ModelSize, ReleasedSize } from './models.ts';
import { slowWordsPerSecond } from './speed.ts';
import type { Quantisation } from './weightBytes.ts';

/** What to estimate: a released size in one of its variants, a model of the list, or a file on this machine. */
export type EstimateSubject =
  | { readonly kind: 'model'; readonly id: string }
  | { readonly kind: 'released'; readonly size: ReleasedSize; readonly quantisation: Quantisation }
  | { readonly kind: 'file'; readonly path: string; readonly projectorPath: string | null };

/** How a model would do on this machine. */
export type Verdict =
  | { readonly kind: 'fits' }
  /** It fits, and writes more slowly than people read. */
  | { readonly kind: 'slow'; readonly wordsPerSecond: number }
  /** Not with the context asked for, but with this one. */
  | { readonly kind: 'fitsWith'; readonly contextTokens: number }
  /** Not even with the smallest context that is of use. */
  | { readonly kind: 'tooBig'; readonly shortBytes: number };

/** Before a download or a load: what a model takes and whether this machine has it. Bytes. */
export interface ModelEstimate {
  readonly size: ModelSize;
  readonly quantisation: string;
  readonly contextTokens: number;
  readonly cacheType: CacheType;
  readonly memory: MemoryEstimate;
  readonly total: number;
  /** Free now, with what unloading the present model gives back. */
  readonly free: number;
  /** The graphics card that takes its layers, and how much of the total lies there; null where all of it is the computer's own memory. */
  readonly gpu: { readonly name: string; readonly bytes: number; /** Free there, counted like `free`. */ readonly free: number } | null;
  readonly verdict: Verdict;
  /** Tokens; 0 when none fits. */
  readonly largestContext: number;
  /** The same with the q8_0 cache, whichever was asked for. */
  readonly largestContextHalved: number;
  /** Words in a second, measured or predicted; null before any model was measured here. */
  readonly speed: { readonly wordsPerSecond: number; readonly predicted: boolean } | null;
}

/** A context smaller than this cannot hold a question about a page. */
export const smallestUsefulContext = 2048;

/** Bytes that a model can have: what is free, and what a graphics card takes of it. */
export function roomFor({ free, gpu }: Pick<ModelEstimate, 'free' | 'gpu'>): number {
  return free + (gpu?.bytes ?? 0);
}

/** The verdict for a model that takes `total` bytes where `free` are there beside a graphics card. */
export function judge(estimate: Pick<ModelEstimate, 'total' | 'free' | 'gpu' | 'largestContext' | 'contextTokens' | 'speed'>): Verdict {
  const { total, largestContext, contextTokens, speed } = estimate;
  const room = roomFor(estimate);
  if (total <= room) {
    return speed !== null && speed.wordsPerSecond < slowWordsPerSecond
      ? { kind: 'slow', wordsPerSecond: speed.wordsPerSecond }
      : { kind: 'fits' };
  }
  if (largestContext >= Math.min(smallestUsefulContext, contextTokens)) return { kind: 'fitsWith', contextTokens: largestContext };
  return { kind: 'tooBig', shortBytes: total - room };
}

/** `fits`, `slow (2.5 words/s)`, `fits with 32K`, `won't fit: short by 3.1 GB`. */
export function verdictInWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'fits':
      return 'fits';
    case 'slow':
      return `slow (${speedInWords(verdict.wordsPerSecond)})`;
    case 'fitsWith':
      return `fits with ${contextInWords(verdict.contextTokens)}`;
    case 'tooBig':
      return `won't fit: short by ${bytesInWords(verdict.shortBytes)}`;
    default:
      return assertNever(verdict, 'verdict');
  }
}

/** `12 words/s`, `2.5 words/s`, `0.4 words/s`. */
export function speedInWords(wordsPerSecond: number): string {
  return `${wordsPerSecond < 9.95 ? wordsPerSecond.toFixed(1) : String(Math.round(wordsPerSecond))} words/s`;
}

/** `32K` for 32,768 tokens; whole thousands of 1024, rounded down. */
export function contextInWords(tokens: number): string {
  return tokens < 1024 ? String(tokens) : `${Math.floor(tokens / 1024)}K`;
}
