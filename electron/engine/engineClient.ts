import type { Supervisor } from '../children/supervisor.ts';
import { FacetError, facetError } from '../shared/errors.ts';
import { type NamedEvent, type RpcClient, type Unsubscribe, createRpcClient } from '../shared/rpc.ts';
import type { EngineEvents, EngineRequests } from './engineContract.ts';
import { cancelGraceMs, createWorkWatch } from './workWatch.ts';

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
  /** True when nothing has happened in the child for a minute although it has something to do; false when that is over. */
  onStalled(listener: (stalled: boolean) => void): Unsubscribe;
  /** Ends the child because the user wants so; the next request starts a new one. */
  restart(): void;
}

export interface EngineClientOptions {
  readonly supervisor: Pick<Supervisor, 'port' | 'kill' | 'onExit' | 'onBeat'>;
  /** For tests: another patience. */
  readonly graceMs?: number;
}

export function createEngineClient({ supervisor, graceMs = cancelGraceMs }: EngineClientOptions): EngineClient {
  const listeners = new Set<(event: NamedEvent<EngineEvents>) => void>();
  const stopListeners = new Set<(reason: string) => void>();
  let current: RpcClient<EngineRequests, EngineEvents> | null = null;
  let stopReason = '';
  const watch = createWorkWatch({
    graceMs,
    stuck: () => supervisor.kill(`it did not stop within ${String(graceMs / 1000)} s when it was told to`),
  });
  supervisor.onBeat(watch.beat);

  /** Stands for "the child is gone" until the reason is known, which is after the port's close listeners have run. */
  const gone = facetError('engineStopped', { reason: '' });

  const client = (): RpcClient<EngineRequests, EngineEvents> => {
    if (current !== null) return current;
    const port = supervisor.port();
    const created = createRpcClient<EngineRequests, EngineEvents>(port, () => gone);
    created.onAny((event) => {
      watch.heard();
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
      const end = watch.begin(signal);
      try {
        return await client().request(name, params, signal);
      } catch (error) {
        if (error !== gone) throw error;
        // Whatever it died of, nobody waits for it any more.
        if (signal?.aborted === true) throw facetError('cancelled', {}, error);
        throw new FacetError({ code: 'engineStopped', details: { reason: stopReason } });
      } finally {
        end();
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
    onStalled: watch.onStalled,
    restart: () => supervisor.kill('you restarted it'),
  };
}
