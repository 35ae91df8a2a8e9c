import type { Model } from '../../shared/models.ts';
import { type ModelServer, hostOf, isServerId } from '../../shared/servers.ts';
import type { ModelsService } from '../models/createModelsService.ts';
import { isLoopback } from './serverAddress.ts';
import type { ServerStore } from './serverStore.ts';

/** A server's model as one of the models to choose from. */
export function describeServerModel(server: ModelServer): Model {
  const released = /(?:^|[^0-9])(270m|1b|4b|12b|27b)(?:[^0-9a-z]|$)/i.exec(server.model)?.[1]?.toUpperCase();
  const host = hostOf(server.address);
  const nearby = isLoopback(new URL(server.address).hostname);
  const nowhere = { path: null, bytes: 0, sha256: null };
  return {
    id: server.id,
    name: server.model,
    size: (released as Model['size'] | undefined) ?? 'custom',
    quantisation: '',
    text: nowhere,
    projector: server.vision === null ? null : nowhere,
    profile: 'turns',
    contextLimit: server.contextTokens,
    builtIn: false,
    state: { kind: 'installed' },
    notes: [nearby ? `Runs in another program on this computer (${host}).` : `Runs on ${host}: what a chat asks it leaves this computer.`],
    licence: '',
    server: { address: server.address, host, nearby },
  };
}

/** The models of this computer, then those of servers. */
export function withServers(models: ModelsService, servers: ServerStore): ModelsService {
  return {
    ...models,
    list: () => [...models.list(), ...servers.list().map(describeServerModel)],
    get: (id) => (isServerId(id) ? describeServerModel(servers.get(id)) : models.get(id)),
    requireLoadable: async (id, signal) => (isServerId(id) ? describeServerModel(servers.get(id)) : models.requireLoadable(id, signal)),
    remove: async (id) => {
      if (!isServerId(id)) return models.remove(id);
      servers.get(id);
      servers.remove(id);
    },
  };
}
