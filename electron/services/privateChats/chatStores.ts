import { type AnswerReadings, createAnswerReadings } from '../asking/answerReadings.ts';
import { type CompactionStore, createCompactionStore } from '../compaction/compactionStore.ts';
import { type AnswerTokenStore, createAnswerTokenStore } from '../conversations/answerTokenStore.ts';
import { type ConversationStore, createConversationStore } from '../conversations/conversationStore.ts';
import { type MessageStore, createMessageStore } from '../conversations/messageStore.ts';
import type { Database } from '../database/openDatabase.ts';
import { type EncodedViews, createEncodedViews } from '../images/encodedViews.ts';
import { type ViewPlanStore, createViewPlanStore } from '../images/viewPlanStore.ts';
import { newId } from '../newId.ts';
import { type ChunkIndex, createChunkIndex } from '../retrieval/chunkIndex.ts';

/** Everything that is stored about chats, in one database. */
export interface ChatStores {
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly compactions: CompactionStore;
  readonly tokens: AnswerTokenStore;
  readonly readings: AnswerReadings;
  readonly plans: ViewPlanStore;
  readonly index: ChunkIndex;
  readonly encodedViews: EncodedViews;
}

/** @param makeId makes the ids of chats, messages and summaries */
export function createChatStores(database: Database, sessionId: string, makeId: () => string = newId): ChatStores {
  return {
    conversations: createConversationStore(database, makeId),
    messages: createMessageStore(database, sessionId, makeId),
    compactions: createCompactionStore(database, makeId),
    tokens: createAnswerTokenStore(database),
    readings: createAnswerReadings(database),
    plans: createViewPlanStore(database),
    index: createChunkIndex(database),
    encodedViews: createEncodedViews(database),
  };
}
