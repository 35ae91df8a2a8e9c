import type { Supervisor } from '../children/supervisor.ts';
import { FacetError, facetError } from '../shared/errors.ts';
import { type NamedEvent, type RpcClient, type Unsubscribe, createRpcClient } from '../shared/rpc.ts';
import type { EngineEvents, EngineRequests } from './engineContract.ts';

/**
 * How long a cancelled request may go on, in milliseconds. Work stops within one matrix product (a few seconds for the largest model on a slow
 * machine) or one file read; what takes longer has lost its way, and only a new engine helps.
 */
export const cancelGraceMs = 20_000;

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

export interface EngineClientOptions {
  readonly supervisor: Pick<Supervisor, 'port' | 'kill' | 'onExit'>;
  /** For tests: another patience. */
  readonly graceMs?: number;
}

export function createEngineClient({ supervisor, graceMs = cancelGraceMs }: EngineClientOptions): EngineClient {
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
      const stuck = watchCancelled(signal, graceMs, () =>
        supervisor.kill(`it did not stop within ${String(graceMs / 1000)} s when it was told to`),
      );
      try {
        return await client().request(name, params, signal);
      } catch (error) {
        if (error !== gone) throw error;
        if (stuck.seen()) throw facetError('cancelled', {}, error);
        throw new FacetError({ code: 'engineStopped', details: { reason: stopReason } });
      } finally {
        stuck.end();
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

/** Calls `stuck` when `end` is not called within `graceMs` after the signal aborts. */
function watchCancelled(
  signal: AbortSignal | undefined,
  graceMs: number,
  stuck: () => void,
): { readonly seen: () => boolean; readonly end: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let seen = false;
  const wait = (): void => {
    timer = setTimeout(() => {
      seen = true;
      stuck();
    }, graceMs);
  };
  signal?.addEventListener('abort', wait, { once: true });
  return {
    seen: () => seen,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wait);
    },
  };
}
