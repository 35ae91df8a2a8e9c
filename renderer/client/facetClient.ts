import type { AppEvent } from '../../electron/shared/appState.ts';
import type { Requests } from '../../electron/shared/contract.ts';
import type { Events } from '../../electron/shared/events.ts';
import { facetError } from '../../electron/shared/errors.ts';
import { createRpcClient, type RpcClient, type Unsubscribe } from '../../electron/shared/rpc.ts';
import type { OpenPort } from './openPort.ts';

export type ConnectionState =
  /** `attempt` counts from 1 since the last time it was connected. */
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'connected' }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly retryInMs: number }
  | { readonly kind: 'closed' };

/** The renderer's line to the host. It connects by itself and again after every loss. */
export interface FacetClient {
  /** Rejects with FacetError; at once when there is no connection. */
  request<K extends keyof Requests>(name: K, params: Requests[K]['params'], signal?: AbortSignal): Promise<Requests[K]['result']>;
  /** Every event with its number on the present connection, in order. */
  onEvent(listener: (event: AppEvent, sequence: number) => void): Unsubscribe;
  state(): ConnectionState;
  onState(listener: (state: ConnectionState) => void): Unsubscribe;
  /** Tries at once instead of waiting out the delay. */
  retryNow(): void;
  close(): void;
}

/** Waits between attempts, in milliseconds; the last one repeats. */
const retryDelays = [200, 500, 1000, 2000, 5000];

/** Begins to connect at once. */
export function createFacetClient(openPort: OpenPort): FacetClient {
  const eventListeners = new Set<(event: AppEvent, sequence: number) => void>();
  const stateListeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = { kind: 'connecting', attempt: 1 };
  let rpc: RpcClient<Requests, Events> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isClosed = (): boolean => state.kind === 'closed';
  const become = (next: ConnectionState): void => {
    if (isClosed()) return;
    state = next;
    for (const listener of [...stateListeners]) listener(next);
  };
  const wait = (attempt: number): void => {
    const retryInMs = retryDelays[Math.min(attempt, retryDelays.length) - 1] ?? 1000;
    become({ kind: 'waiting', attempt, retryInMs });
    timer = setTimeout(() => void connect(attempt + 1), retryInMs);
  };
  const connect = async (attempt: number): Promise<void> => {
    become({ kind: 'connecting', attempt });
    try {
      const port = await openPort();
      if (isClosed()) {
        port.close();
        return;
      }
      rpc = createRpcClient<Requests, Events>(port, connectionLost);
      rpc.onAny((event, sequence) => {
        for (const listener of [...eventListeners]) listener(event, sequence);
      });
      port.onClose(() => {
        rpc = null;
        if (!isClosed()) wait(1);
      });
      become({ kind: 'connected' });
    } catch {
      if (!isClosed()) wait(attempt);
    }
  };
  void connect(1);

  return {
    request: (name, params, signal) => (rpc === null ? Promise.reject(connectionLost()) : rpc.request(name, params, signal)),
    onEvent: (listener) => subscribe(eventListeners, listener),
    state: () => state,
    onState: (listener) => subscribe(stateListeners, listener),
    retryNow() {
      if (state.kind !== 'waiting') return;
      clearTimeout(timer);
      void connect(state.attempt + 1);
    },
    close() {
      clearTimeout(timer);
      become({ kind: 'closed' });
      rpc?.close();
      rpc = null;
    },
  };
}

function connectionLost(): ReturnType<typeof facetError> {
  return facetError('internal', { message: 'The connection to the host was lost.' });
}

function subscribe<L>(listeners: Set<L>, listener: L): Unsubscribe {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
