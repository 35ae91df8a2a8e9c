import type { EngineClient } from '../../engine/engineClient.ts';
import type { EngineEvents, LoadParams } from '../../engine/engineContract.ts';
import type { NamedEvent } from '../../shared/rpc.ts';
import { type RemoteEngineOptions, type RemoteRequests, createRemoteEngine } from './remoteEngine.ts';

/** The engine's requests that a remote engine answers too; the others are about this computer. */
const remoteNames: ReadonlySet<string> = new Set<keyof RemoteRequests>([
  'model.load',
  'model.unload',
  'prompt.tokenize',
  'prompt.prospect',
  'encoder.measure',
  'image.encode',
  'image.known',
  'generation.run',
  'state.save',
]);

/**
 * One engine out of two: a load that names a server goes to the remote one, and so does everything after it until the next load. The engine of this
 * computer gives its memory back meanwhile.
 */
export function routeEngines(local: EngineClient, options: Omit<RemoteEngineOptions, 'emit'>): EngineClient {
  const listeners = new Set<(event: NamedEvent<EngineEvents>) => void>();
  const remote = createRemoteEngine({
    ...options,
    emit: (event) => {
      for (const listener of [...listeners]) listener(event);
    },
  });
  let at: 'nowhere' | 'here' | 'server' = 'nowhere';

  const turnTo = async (next: typeof at, signal: AbortSignal | undefined): Promise<void> => {
    if (at === 'here' && next === 'server') await local.request('model.unload', {}, signal);
    if (at === 'server' && next === 'here') await remote.request('model.unload', {}, signal);
    at = next;
  };
  return {
    request: async (name, params, signal) => {
      if (name === 'model.load') await turnTo((params as LoadParams).server === undefined ? 'here' : 'server', signal);
      if (at === 'server' && remoteNames.has(name)) {
        const answer = remote.request(name as keyof RemoteRequests, params as RemoteRequests[keyof RemoteRequests]['params'], signal);
        return await answer;
      }
      return local.request(name, params, signal);
    },
    on: (name, listener) => {
      const hear = (event: NamedEvent<EngineEvents>): void => {
        if (event.name === name) listener(event.payload as never);
      };
      listeners.add(hear);
      const stop = local.on(name, listener);
      return () => {
        listeners.delete(hear);
        stop();
      };
    },
    onStopped: (listener) =>
      local.onStopped((reason) => {
        if (at !== 'server') listener(reason);
      }),
    // A server has limits of its own.
    onStalled: (listener) => local.onStalled(listener),
    restart: () => local.restart(),
  };
}
