import type { Requests } from '../../shared/contract.ts';
import { facetError } from '../../shared/errors.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import { isServerId } from '../../shared/servers.ts';
import type { ConversationStore } from '../conversations/conversationStore.ts';
import type { Emit } from '../emit.ts';
import type { NetworkGuard } from '../network/networkGuard.ts';
import { describeServer } from './describeServer.ts';
import { describeServerModel } from './remoteModels.ts';
import { parseServerAddress } from './serverAddress.ts';
import type { ServerStore } from './serverStore.ts';

/** Naming servers, and allowing conversations to be sent to them. */
export function createServerHandlers(parts: {
  readonly servers: ServerStore;
  readonly conversations: Pick<ConversationStore, 'summary'>;
  readonly requireNetwork: NetworkGuard;
  readonly emit: Emit;
  /** Takes the model out of the engine, if it is there, so that the next question meets the server as it is now. */
  readonly unload: (modelId: string) => Promise<void>;
}): Pick<RequestHandlers<Requests>, 'server.describe' | 'server.save' | 'server.allow'> {
  const { servers, conversations, requireNetwork, emit, unload } = parts;
  return {
    'server.describe': async ({ address, key }, signal) => {
      const url = parseServerAddress(address);
      requireNetwork(url);
      return describeServer(url, key, signal);
    },
    'server.save': async ({ server, key }) => {
      const saved = servers.save(server, key);
      await unload(saved.id);
      const model = describeServerModel(saved);
      emit('model.changed', { model });
      return model;
    },
    'server.allow': ({ conversationId: id, modelId }) => {
      if (conversations.summary(id) === null) throw facetError('notFound', { what: 'conversation', id });
      if (!isServerId(modelId)) throw facetError('invalidRequest', { field: 'modelId', reason: 'it is not a server’s model' });
      servers.get(modelId);
      servers.allow(id, modelId);
      return {};
    },
  };
}
