import type { Attachment } from '../../shared/attachments.ts';
import type { Requests } from '../../shared/contract.ts';
import type { Conversation, ConversationSummary, Message, SearchHit } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import { isPrivateId } from '../../shared/privateIds.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import type { CompactionStore } from '../compaction/compactionStore.ts';
import type { Emit } from '../emit.ts';
import { newestLeafBelow } from './branches.ts';
import type { ConversationStore } from './conversationStore.ts';
import { exportJson, exportMarkdown } from './exportConversation.ts';
import type { MessageStore } from './messageStore.ts';

type ConversationRequest = Exclude<Extract<keyof Requests, `conversation.${string}`>, 'conversation.compact' | 'conversation.undoCompact'>;

export interface ConversationsServiceOptions {
  readonly conversations: ConversationStore;
  /** Where private ones are made, and how removed ones are erased. */
  readonly privateChats: { readonly conversations: Pick<ConversationStore, 'create'>; readonly erase: () => Promise<void> };
  readonly messages: MessageStore;
  readonly compactions: Pick<CompactionStore, 'ofConversation'>;
  readonly search: (query: string, limit: number) => readonly SearchHit[];
  readonly emit: Emit;
  readonly attachments: () => readonly Attachment[];
  /** Has files looked at that may have changed on disk. */
  readonly lookAgain: (attachmentIds: readonly string[]) => Promise<void>;
  /** System text of a conversation that brings none. */
  readonly defaultSystem: () => string;
  /** A message with what was written since it was last saved. */
  readonly live: (message: Message) => Message;
  /** Stops the answers of a conversation that goes away. */
  readonly cancelAnswers: (conversationId: string) => Promise<void>;
  /** Deletes the kept state of a conversation that goes away: should it come back, it is read again. */
  readonly forgetState: (conversationId: string) => Promise<void>;
}

/** Every `conversation.*` request. Removing hides; the store deletes for good after seven days. */
export function createConversationHandlers(options: ConversationsServiceOptions): Pick<RequestHandlers<Requests>, ConversationRequest> {
  const { conversations, privateChats, messages, search, emit, attachments, defaultSystem, live, cancelAnswers, forgetState } = options;

  const requireSummary = (id: string): ConversationSummary => {
    const summary = conversations.summary(id);
    if (summary === null) throw facetError('notFound', { what: 'conversation', id });
    return summary;
  };
  const announced = (id: string): ConversationSummary => {
    const summary = requireSummary(id);
    emit('conversation.changed', { summary });
    return summary;
  };
  const lookAgain = (shown: readonly Message[]): void => {
    const uses = shown.flatMap((message) => (message.role === 'user' ? message.attachments : []));
    // What it finds is told by events; opening does not wait for a slow disk.
    options.lookAgain(uses.map(({ attachmentId }) => attachmentId)).catch(() => undefined);
  };
  const open = (id: string, newest?: number): Conversation => {
    const summary = requireSummary(id);
    const details = conversations.details(id);
    const page = newest === undefined ? { messages: messages.ofConversation(id), earlier: 0 } : messages.page(id, null, newest);
    return {
      summary,
      system: details?.system ?? '',
      headId: details?.headId ?? null,
      messages: page.messages.map(live),
      ...(page.earlier === 0 ? {} : { earlier: page.earlier }),
      compactions: options.compactions.ofConversation(id),
    };
  };

  return {
    'conversation.create': ({ system, private: isPrivate = false }) =>
      announced((isPrivate ? privateChats.conversations : conversations).create(system ?? defaultSystem(), Date.now()).id),
    'conversation.open': ({ id, newest }) => {
      const opened = open(id, newest);
      lookAgain(opened.messages);
      return opened;
    },
    'conversation.earlier': ({ id, before, limit }) => {
      requireSummary(id);
      const page = messages.page(id, before, limit);
      lookAgain(page.messages);
      return { ...page, messages: page.messages.map(live) };
    },
    'conversation.rename': ({ id, title }) => {
      requireSummary(id);
      const given = title.replace(/\s+/g, ' ').trim();
      conversations.retitle(id, given, given === '' ? 'nobody' : 'user');
      return announced(id);
    },
    'conversation.setSystem': ({ id, system }) => {
      requireSummary(id);
      conversations.setSystem(id, system);
      announced(id);
      return {};
    },
    'conversation.remove': async ({ id }) => {
      requireSummary(id);
      await cancelAnswers(id);
      if (conversations.remove(id, Date.now())) emit('conversation.removed', { id });
      await forgetState(id);
      if (isPrivateId(id)) await privateChats.erase();
      return {};
    },
    'conversation.restore': ({ id }) => {
      conversations.restore(id);
      return announced(id);
    },
    'conversation.search': ({ query, limit }) => search(query, limit),
    'conversation.export': ({ id, format }) => (format === 'markdown' ? exportMarkdown : exportJson)(open(id), attachments()),
    'conversation.selectBranch': ({ id, messageId }) => {
      requireSummary(id);
      const all = messages.ofConversation(id);
      if (!all.some((message) => message.id === messageId)) throw facetError('notFound', { what: 'message', id: messageId });
      const headId = newestLeafBelow(all, messageId);
      conversations.setHead(id, headId);
      emit('conversation.headMoved', { conversationId: id, headId });
      return {};
    },
  };
}
