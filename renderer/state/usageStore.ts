import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorData } from '../../electron/shared/errors.ts';
import type { ContextUsage } from '../../electron/shared/generation.ts';

/** What the next send would take of the context and of time. */
export interface UsageSlice {
  /** Null until it was measured, without a model, and when it could not be. */
  readonly usage: ContextUsage | null;
  /** Why it could not be measured. */
  readonly error: ErrorData | null;
}

export type UsageStore = StoreApi<UsageSlice>;

export function createUsageStore(): UsageStore {
  return createStore<UsageSlice>(() => ({ usage: null, error: null }));
}
