import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppState } from '../../electron/shared/appState.ts';
import type { AppDescription } from '../../electron/shared/contract.ts';
import type { ConnectionState } from '../client/facetClient.ts';

/** The copy of what the host knows. Changed by sync.ts only. */
export interface AppSlice {
  readonly connection: ConnectionState;
  /** Null until the first snapshot; then kept, also while the connection is away. */
  readonly app: AppState | null;
  readonly description: AppDescription | null;
}

export type AppStore = StoreApi<AppSlice>;

export function createAppStore(): AppStore {
  return createStore<AppSlice>(() => ({ connection: { kind: 'connecting', attempt: 1 }, app: null, description: null }));
}
