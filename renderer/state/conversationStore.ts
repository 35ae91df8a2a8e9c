import { createStore, type StoreApi } from 'zustand/vanilla';
import { assertNever } from '../../electron/shared/assertNever.ts';
import type { Conversation, Message } from '../../electron/shared/conversations.ts';
import type { ErrorData } from '../../electron/shared/errors.ts';
import { generatingMessage } from './branches.ts';

/** The conversation in the middle column. */
export type ConversationSlice =
  /** A new chat that nothing was sent to yet; it exists for the host only after the first send. */
  | { readonly kind: 'new' }
  | { readonly kind: 'opening'; readonly id: string }
  /** `writing` is the answer that is being written. It is told here once, since every key that is pressed asks for it. */
  | { readonly kind: 'open'; readonly conversation: Conversation; readonly writing: Message | null }
  | { readonly kind: 'failed'; readonly id: string; readonly error: ErrorData };

/** A wrapper, so that a store update replaces the union as a whole. */
export interface ConversationState {
  readonly current: ConversationSlice;
}

export type ConversationStore = StoreApi<ConversationState>;

export function createConversationStore(): ConversationStore {
  return createStore<ConversationState>(() => ({ current: { kind: 'new' } }));
}

/** A conversation as it is shown. */
export function asOpen(conversation: Conversation): ConversationSlice {
  return { kind: 'open', conversation, writing: generatingMessage(conversation) };
}

/** Id of the conversation shown or being opened; null for a new one. */
export function conversationId(slice: ConversationSlice): string | null {
  switch (slice.kind) {
    case 'new':
      return null;
    case 'opening':
    case 'failed':
      return slice.id;
    case 'open':
      return slice.conversation.summary.id;
    default:
      return assertNever(slice, 'conversation slice');
  }
}
