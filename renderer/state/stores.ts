import type { AppStore } from './appStore.ts';
import type { BenchStore } from './benchStore.ts';
import type { ConversationStore } from './conversationStore.ts';
import type { DraftStore } from './draftStore.ts';
import type { UsageStore } from './usageStore.ts';
import type { ViewStore } from './viewStore.ts';

export interface Stores {
  readonly app: AppStore;
  readonly conversation: ConversationStore;
  readonly drafts: DraftStore;
  readonly usage: UsageStore;
  readonly view: ViewStore;
  readonly bench: BenchStore;
}
