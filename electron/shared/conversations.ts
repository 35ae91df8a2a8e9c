import type { ErrorData } from './errors.ts';
import type { Receipt, GenerationStage } from './generation.ts';
import type { PanScanMode, Rect } from './attachments.ts';

export interface ConversationSummary {
  readonly id: string;
  /** Empty until the user or the model gives one; the UI then shows the first words. */
  readonly title: string;
  readonly titledBy: 'nobody' | 'model' | 'user';
  readonly createdAt: number;
  /** Time of the newest message. */
  readonly updatedAt: number;
  /** First words of the first question, at most 120 characters. */
  readonly opening: string;
}

/** An attachment as one message uses it. */
export interface AttachmentUse {
  readonly attachmentId: string;
  /** For pictures; ignored for documents. */
  readonly panScan: PanScanMode;
  /** For mode `region`: the user's boxes. */
  readonly regions: readonly Rect[];
}

/** Where an assistant message stands. A failed answer is a normal message in the list. */
export type AnswerState =
  | { readonly kind: 'generating'; readonly stage: GenerationStage }
  | { readonly kind: 'complete'; readonly receipt: Receipt }
  /** Stopped by the user; what was written stays and can be continued. */
  | { readonly kind: 'cancelled'; readonly receipt: Receipt | null }
  /** The engine or the app died, or the send was refused; what was written stays. */
  | { readonly kind: 'failed'; readonly error: ErrorData };

interface MessageBase {
  readonly id: string;
  readonly conversationId: string;
  /** The message this one answers or follows; null at the start. Messages of one parent are branches. */
  readonly parentId: string | null;
  readonly createdAt: number;
  /** As the model reads or wrote it, trimmed. */
  readonly text: string;
}

export interface UserMessage extends MessageBase {
  readonly role: 'user';
  readonly attachments: readonly AttachmentUse[];
}

export interface AssistantMessage extends MessageBase {
  readonly role: 'assistant';
  readonly state: AnswerState;
}

export type Message = UserMessage | AssistantMessage;

/** A summary that the model reads in place of older turns. They stay, and are read again when it is undone. */
export interface Compaction {
  readonly id: string;
  readonly conversationId: string;
  /** The last message that it stands for: it and all before it, on every branch that goes on from it. Files of those messages are still read. */
  readonly afterId: string;
  /** Messages that it stands for. */
  readonly messages: number;
  readonly summary: string;
  readonly createdAt: number;
  /** Name of the model that wrote it. */
  readonly model: string;
}

/** One conversation with all its branches. */
export interface Conversation {
  readonly summary: ConversationSummary;
  /** System text of this conversation; empty for none. */
  readonly system: string;
  /** In order of creation. */
  readonly messages: readonly Message[];
  /** Messages that come before these and were left out; absent for none. */
  readonly earlier?: number;
  /** The last message of the branch that is shown; null when empty. */
  readonly headId: string | null;
  /** In order of creation; of those on one branch the last counts. */
  readonly compactions: readonly Compaction[];
}

export interface SearchHit {
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly title: string;
  /** Text around the hit, at most 160 characters. */
  readonly excerpt: string;
  /** Start and length of the matches inside `excerpt`, in UTF-16 units. */
  readonly matches: readonly { readonly start: number; readonly length: number }[];
}
