import type { Supervisor } from '../children/supervisor.ts';
import { FacetError, facetError } from '../shared/errors.ts';
import { type NamedEvent, type RpcClient, type Unsubscribe, createRpcClient } from '../shared/rpc.ts';
import type { EngineEvents, EngineRequests } from './engineContract.ts';

/** The host's side of the engine child. It starts the child with the first request and outlives its deaths. */
export interface EngineClient {
  /** Rejects with FacetError; with `engineStopped` and the reason when the child dies before it has answered. */
  request<K extends keyof EngineRequests>(
    name: K,
    params: EngineRequests[K]['params'],
    signal?: AbortSignal,
  ): Promise<EngineRequests[K]['result']>;
  /** Goes on over restarts of the child. */
  on<K extends keyof EngineEvents>(name: K, listener: (payload: EngineEvents[K]) => void): Unsubscribe;
  /** The child died without being asked to; nothing is loaded any more. The next request starts a new one. */
  onStopped(listener: (reason: string) => void): Unsubscribe;
}

export function createEngineClient({ supervisor }: { readonly supervisor: Supervisor }): EngineClient {
  const listeners = new Set<(event: NamedEvent<EngineEvents>) => void>();
  const stopListeners = new Set<(reason: string) => void>();
  let current: RpcClient<EngineRequests, EngineEvents> | null = null;
  let stopReason = '';

  /** Stands for "the child is gone" until the reason is known, which is after the port's close listeners have run. */
  const gone = facetError('engineStopped', { reason: '' });

  const client = (): RpcClient<EngineRequests, EngineEvents> => {
    if (current !== null) return current;
    const port = supervisor.port();
    const created = createRpcClient<EngineRequests, EngineEvents>(port, () => gone);
    created.onAny((event) => {
      for (const listener of [...listeners]) listener(event);
    });
    port.onClose(() => {
      if (current === created) current = null;
    });
    stopReason = 'it was ended';
    current = created;
    return created;
  };

  supervisor.onExit(({ reason }) => {
    stopReason = reason;
    for (const listener of [...stopListeners]) listener(reason);
  });
  return {
    request: async (name, params, signal) => {
      try {
        return await client().request(name, params, signal);
      } catch (error) {
        if (error === gone) throw new FacetError({ code: 'engineStopped', details: { reason: stopReason } });
        throw error;
      }
    },
    on: (name, listener) => {
      const hear = (event: NamedEvent<EngineEvents>): void => {
        if (event.name === name) listener(event.payload as never);
      };
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    onStopped: (listener) => {
      stopListeners.add(listener);
      return () => stopListeners.delete(listener);
    },
  };
}
