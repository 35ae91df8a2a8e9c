import { createToastQueue, type ToastQueue } from '../components/toastQueue.ts';
import { createFacetClient, type FacetClient } from '../client/facetClient.ts';
import type { OpenPort } from '../client/openPort.ts';
import { createAppStore } from './appStore.ts';
import { createAttachmentActions, type AttachmentActions } from './attachmentActions.ts';
import { type BenchActions, createBenchActions } from './benchActions.ts';
import { createBenchStore } from './benchStore.ts';
import { createChatActions, type ChatActions } from './chatActions.ts';
import { createCompactActions, type CompactActions } from './compactActions.ts';
import { createConversationStore } from './conversationStore.ts';
import { createDraftStore } from './draftStore.ts';
import { createPreviews, type Previews } from './previews.ts';
import type { Stores } from './stores.ts';
import { startSync } from './sync.ts';
import { createUsageStore } from './usageStore.ts';
import { createViewActions, type ViewActions } from './viewActions.ts';
import { createViewStore } from './viewStore.ts';

/** Everything a component may reach: made once in startFacet.tsx and given by context. */
export interface Facet {
  readonly client: FacetClient;
  readonly stores: Stores;
  readonly chat: ChatActions;
  readonly attachments: AttachmentActions;
  readonly compact: CompactActions;
  readonly bench: BenchActions;
  readonly view: ViewActions;
  readonly previews: Previews;
  /** What `view.notify` shows. */
  readonly notices: ToastQueue;
  readonly pathOf: FacetOptions['pathOf'];
  close(): void;
}

export interface FacetOptions {
  readonly openPort: OpenPort;
  /** Path of a file on this machine; empty when the host takes no paths or the file has none. */
  readonly pathOf: (file: File) => string;
  readonly storage: Storage;
}

/** Builds the client, the stores and the actions, and begins to connect. */
export function createFacet({ openPort, pathOf, storage }: FacetOptions): Facet {
  const client = createFacetClient(openPort);
  const stores: Stores = {
    app: createAppStore(),
    conversation: createConversationStore(),
    drafts: createDraftStore(storage),
    usage: createUsageStore(),
    view: createViewStore(),
    bench: createBenchStore(),
  };
  const notices = createToastQueue();
  const view = createViewActions({ stores, storage, notices });
  const compact = createCompactActions(client, view);
  const stopSync = startSync(client, stores.app, stores.conversation);
  return {
    client,
    stores,
    view,
    notices,
    pathOf,
    previews: createPreviews(client),
    chat: createChatActions({ client, stores, view, compact }),
    compact,
    bench: createBenchActions(client, stores.bench),
    attachments: createAttachmentActions({ client, stores, pathOf, notify: (text) => view.notify(text) }),
    close() {
      stopSync();
      client.close();
    },
  };
}
