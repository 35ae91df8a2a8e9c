import { isPrivateId } from '../../shared/privateIds.ts';
import type { AnswerReadings } from '../asking/answerReadings.ts';
import type { CompactionStore } from '../compaction/compactionStore.ts';
import type { ConversationStore } from '../conversations/conversationStore.ts';
import type { MessageStore } from '../conversations/messageStore.ts';
import type { EncodedViews } from '../images/encodedViews.ts';
import type { ChunkIndex } from '../retrieval/chunkIndex.ts';
import type { ChatStores } from './chatStores.ts';

/**
 * One face of the stores on disk and of those in memory. Ids tell which is meant; contents that only a private chat has are looked up by `isHidden`.
 */
export function routeChatStores(disk: ChatStores, memory: ChatStores, isHidden: (sha256: string) => boolean): ChatStores {
  const of = (id: string): ChatStores => (isPrivateId(id) ? memory : disk);
  return {
    conversations: routeConversations(disk.conversations, memory.conversations),
    messages: routeMessages(disk.messages, memory.messages),
    compactions: routeCompactions(disk.compactions, memory.compactions),
    tokens: { get: (id) => of(id).tokens.get(id), save: (id, tokens) => of(id).tokens.save(id, tokens) },
    readings: routeReadings(disk.readings, memory.readings),
    plans: {
      get: (place, side) => of(place.messageId).plans.get(place, side),
      keep: (place, side, crops) => of(place.messageId).plans.keep(place, side, crops),
    },
    index: routeIndex(disk.index, memory.index, isHidden),
    encodedViews: routeEncodedViews(disk.encodedViews, memory.encodedViews, isHidden),
  };
}

function routeConversations(disk: ConversationStore, memory: ConversationStore): ConversationStore {
  const of = (id: string): ConversationStore => (isPrivateId(id) ? memory : disk);
  return {
    ...disk,
    list: () => [...memory.list(), ...disk.list()],
    summary: (id) => of(id).summary(id),
    details: (id) => of(id).details(id),
    retitle: (id, title, by) => of(id).retitle(id, title, by),
    setSystem: (id, system) => of(id).setSystem(id, system),
    setHead: (id, headId) => of(id).setHead(id, headId),
    touch: (id, now) => of(id).touch(id, now),
    remove: (id, now) => of(id).remove(id, now),
    restore: (id) => of(id).restore(id),
  };
}

function routeMessages(disk: MessageStore, memory: MessageStore): MessageStore {
  const of = (id: string): MessageStore => (isPrivateId(id) ? memory : disk);
  return {
    ofConversation: (id) => of(id).ofConversation(id),
    page: (id, before, limit) => of(id).page(id, before, limit),
    get: (id) => of(id).get(id),
    addQuestion: (question, now) => of(question.conversationId).addQuestion(question, now),
    addAnswer: (conversationId, parentId, state, now) => of(conversationId).addAnswer(conversationId, parentId, state, now),
    saveText: (id, text) => of(id).saveText(id, text),
    saveAnswer: (id, text, state) => of(id).saveAnswer(id, text, state),
    // Only a run that died leaves answers behind, and private ones go with it.
    beingWrittenExceptBy: (sessions) => disk.beingWrittenExceptBy(sessions),
  };
}

function routeCompactions(disk: CompactionStore, memory: CompactionStore): CompactionStore {
  const of = (id: string): CompactionStore => (isPrivateId(id) ? memory : disk);
  return {
    all: () => [...memory.all(), ...disk.all()],
    ofConversation: (id) => of(id).ofConversation(id),
    add: (made) => of(made.conversationId).add(made),
    remove: (id) => of(id).remove(id),
  };
}

function routeReadings(disk: AnswerReadings, memory: AnswerReadings): AnswerReadings {
  const of = (id: string): AnswerReadings => (isPrivateId(id) ? memory : disk);
  return {
    get: (id) => of(id).get(id),
    save: (id, reading) => of(id).save(id, reading),
    forgetDocument: (id) => {
      // A private chat may ask about a file that is kept.
      disk.forgetDocument(id);
      memory.forgetDocument(id);
    },
  };
}

function routeIndex(disk: ChunkIndex, memory: ChunkIndex, isHidden: (sha256: string) => boolean): ChunkIndex {
  const of = (sha256: string): ChunkIndex => (isHidden(sha256) ? memory : disk);
  return {
    build: (document) => of(document.sha256).build(document),
    chunks: (document) => of(document.sha256).chunks(document),
    search: (documents, question, limit) =>
      [disk, memory]
        .flatMap((index) => {
          const places = documents.flatMap(({ sha256 }, place) => (of(sha256) === index ? [place] : []));
          const searched = places.flatMap((place) => documents.slice(place, place + 1));
          return index.search(searched, question, limit).map((found) => ({ ...found, document: places[found.document] ?? 0 }));
        })
        .sort((a, b) => b.score - a.score)
        .slice(0, limit),
  };
}

function routeEncodedViews(disk: EncodedViews, memory: EncodedViews, isHidden: (sha256: string) => boolean): EncodedViews {
  const of = (sha256: string): EncodedViews => (isHidden(sha256) ? memory : disk);
  return {
    key: (view) => of(view.contentSha256).key(view),
    isEncoded: (view, projector) => of(view.contentSha256).isEncoded(view, projector),
    add: (view, projector, key) => of(view.contentSha256).add(view, projector, key),
    forget: (view, projector) => of(view.contentSha256).forget(view, projector),
  };
}
