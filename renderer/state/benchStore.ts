import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorData } from '../../electron/shared/errors.ts';
import type { BenchProgress } from '../../electron/shared/speed.ts';

/** A measurement of speed that the user asked for. */
export type BenchSlice =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; /** Null until the first word of it. */ readonly progress: BenchProgress | null }
  /** `count` grows by one with each measurement that ended, so that speeds are asked for again. */
  | { readonly kind: 'done'; readonly count: number }
  | { readonly kind: 'failed'; readonly error: ErrorData };

export type BenchStore = StoreApi<BenchSlice>;

export function createBenchStore(): BenchStore {
  return createStore<BenchSlice>(() => ({ kind: 'idle' }));
}
