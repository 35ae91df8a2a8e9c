import { type AppEvent, type AppState, reduceAppState } from '../shared/appState.ts';
import type { Requests } from '../shared/contract.ts';
import type { Events } from '../shared/events.ts';
import { isStalled } from '../shared/models.ts';
import { createRpcClient, type Port, type RpcClient, type Unsubscribe } from '../shared/rpc.ts';

/** A face of Facet: the contract's requests, and the state that its events keep up to date. */
export interface AppClient {
  readonly request: RpcClient<Requests, Events>['request'];
  /** The newest state. */
  state(): AppState;
  /** Whether the engine ever stood still since this client connected. */
  hasStalled(): boolean;
  /** Every event, after the state has taken it in. */
  onEvent(listener: (event: AppEvent) => void): Unsubscribe;
  close(): void;
}

/** Connects over any wire: asks for the snapshot, and applies the events that came after it. */
export async function createAppClient(port: Port): Promise<AppClient> {
  const rpc = createRpcClient<Requests, Events>(port);
  const listeners = new Set<(event: AppEvent) => void>();
  const early: { readonly event: AppEvent; readonly sequence: number }[] = [];
  let state: AppState | null = null;
  let stalled = false;
  rpc.onAny((event, sequence) => {
    if (state === null) {
      early.push({ event, sequence });
      return;
    }
    state = reduceAppState(state, event);
    stalled ||= isStalled(state.engine);
    for (const listener of [...listeners]) listener(event);
  });
  const snapshot = await rpc.request('app.snapshot', {});
  let current = snapshot.state;
  for (const { event, sequence } of early) if (sequence > snapshot.sequence) current = reduceAppState(current, event);
  state = current;
  return {
    request: (name, params, signal) => rpc.request(name, params, signal),
    state: () => state ?? current,
    hasStalled: () => stalled,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => rpc.close(),
  };
}
