import { assertNever } from './assertNever.ts';
import type { Attachment } from './attachments.ts';
import type { Events } from './events.ts';
import type { Conversation, ConversationSummary, Message } from './conversations.ts';
import type { EngineState, Model } from './models.ts';
import type { NamedEvent } from './rpc.ts';
import type { Settings } from './settings.ts';

/** What every connection knows at all times. Conversations are opened one by one on top of it. */
export interface AppState {
  readonly settings: Settings;
  /** In catalogue order, then local ones by name. */
  readonly models: readonly Model[];
  readonly engine: EngineState;
  /** Newest first. */
  readonly conversations: readonly ConversationSummary[];
  readonly attachments: readonly Attachment[];
}

export type AppEvent = NamedEvent<Events>;

/** Applies one event. Host and renderer share it, so both hold the same state. Untouched branches keep their identity. */
export function reduceAppState(state: AppState, event: AppEvent): AppState {
  switch (event.name) {
    case 'settings.changed':
      return { ...state, settings: event.payload.settings };
    case 'model.changed':
      return { ...state, models: upsert(state.models, event.payload.model) };
    case 'model.removed':
      return { ...state, models: without(state.models, event.payload.id) };
    case 'engine.changed':
      return { ...state, engine: event.payload.engine };
    case 'conversation.changed':
      return { ...state, conversations: newestFirst(upsert(state.conversations, event.payload.summary)) };
    case 'conversation.removed':
      return { ...state, conversations: without(state.conversations, event.payload.id) };
    case 'attachment.changed':
      return { ...state, attachments: upsert(state.attachments, event.payload.attachment) };
    case 'attachment.removed':
      return { ...state, attachments: without(state.attachments, event.payload.id) };
    case 'conversation.headMoved':
    case 'compaction.added':
    case 'compaction.removed':
    case 'compaction.written':
    case 'message.changed':
    case 'message.appended':
    case 'message.staged':
    case 'image.prepared':
    case 'bench.progressed':
    case 'model.verified':
    case 'modelsFolder.moved':
    case 'gpu.progressed':
    case 'gpu.testProgressed':
    case 'ocr.progressed':
    case 'meaning.changed':
      return state;
    default:
      return assertNever(event, 'event');
  }
}

/** Applies one event to an open conversation; events of others leave it untouched. */
export function reduceConversation(conversation: Conversation, event: AppEvent): Conversation {
  const { id } = conversation.summary;
  switch (event.name) {
    case 'conversation.changed':
      return event.payload.summary.id === id ? { ...conversation, summary: event.payload.summary } : conversation;
    case 'conversation.headMoved':
      return event.payload.conversationId === id ? { ...conversation, headId: event.payload.headId } : conversation;
    case 'compaction.added':
      return event.payload.compaction.conversationId === id
        ? { ...conversation, compactions: upsert(conversation.compactions, event.payload.compaction) }
        : conversation;
    case 'compaction.removed':
      return event.payload.conversationId === id
        ? { ...conversation, compactions: without(conversation.compactions, event.payload.id) }
        : conversation;
    case 'message.changed':
      return event.payload.message.conversationId === id
        ? { ...conversation, messages: upsert(conversation.messages, event.payload.message) }
        : conversation;
    case 'message.appended': {
      const { conversationId, messageId, text } = event.payload;
      return conversationId === id
        ? changeMessage(conversation, messageId, (message) => ({ ...message, text: message.text + text }))
        : conversation;
    }
    case 'message.staged': {
      const { conversationId, messageId, stage } = event.payload;
      return conversationId === id
        ? changeMessage(conversation, messageId, (message) =>
            message.role === 'assistant' && message.state.kind === 'generating'
              ? { ...message, state: { kind: 'generating', stage } }
              : message,
          )
        : conversation;
    }
    case 'settings.changed':
    case 'model.changed':
    case 'model.removed':
    case 'engine.changed':
    case 'conversation.removed':
    case 'attachment.changed':
    case 'attachment.removed':
    case 'compaction.written':
    case 'image.prepared':
    case 'bench.progressed':
    case 'model.verified':
    case 'modelsFolder.moved':
    case 'gpu.progressed':
    case 'gpu.testProgressed':
    case 'ocr.progressed':
    case 'meaning.changed':
      return conversation;
    default:
      return assertNever(event, 'event');
  }
}

function changeMessage(conversation: Conversation, id: string, change: (message: Message) => Message): Conversation {
  return { ...conversation, messages: conversation.messages.map((message) => (message.id === id ? change(message) : message)) };
}

function upsert<T extends { readonly id: string }>(list: readonly T[], item: T): readonly T[] {
  const index = list.findIndex((candidate) => candidate.id === item.id);
  return index < 0 ? [...list, item] : list.with(index, item);
}

function without<T extends { readonly id: string }>(list: readonly T[], id: string): readonly T[] {
  return list.filter((item) => item.id !== id);
}

function newestFirst(list: readonly ConversationSummary[]): readonly ConversationSummary[] {
  return list.toSorted((a, b) => b.updatedAt - a.updatedAt);
}
