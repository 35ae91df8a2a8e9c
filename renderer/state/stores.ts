import type { AppStore } from './appStore.ts';
import type { ConversationStore } from './conversationStore.ts';
import type { DraftStore } from './draftStore.ts';
import type { ViewStore } from './viewStore.ts';

export interface Stores {
  readonly app: AppStore;
  readonly conversation: ConversationStore;
  readonly drafts: DraftStore;
  readonly view: ViewStore;
}
