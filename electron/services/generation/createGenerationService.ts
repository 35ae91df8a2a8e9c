import type { Requests, SendOptions, SentMessage } from '../../shared/contract.ts';
import type { AnswerState, AssistantMessage, AttachmentUse, Message, UserMessage } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import { isPrivateId } from '../../shared/privateIds.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import { trimEnd, trimText } from '../context/pieces.ts';
import { type AnswerQueue, createAnswerQueue } from './answerQueue.ts';
import { freshStart } from './answerTokens.ts';
import { exportList } from '../tables/exportList.ts';
import { computeAgain } from './computeAgain.ts';
import type { GenerationParts } from './generationParts.ts';
import type { AnswerJob } from './answerJob.ts';
import { modelFor } from './answerModel.ts';

type GenerationRequest = Extract<keyof Requests, `message.${string}`>;

export interface GenerationService {
  readonly handlers: Pick<RequestHandlers<Requests>, GenerationRequest>;
  readonly queue: AnswerQueue;
}

export interface GenerationHooks {
  /** A question with these files was accepted: what runs in idle time must make way. */
  asked(uses: readonly AttachmentUse[]): void;
  /** An answer came to its end, well or not. */
  answered(message: Message, state: AnswerState): void;
}

const waiting: AnswerState = { kind: 'generating', stage: { kind: 'waiting' } };

/** Sending, editing, regenerating and continuing: each stores first and then has the answer written. */
export function createGenerationService(parts: GenerationParts, hooks: GenerationHooks): GenerationService {
  const { conversations, messages, tokens, emit } = parts;
  const queue = createAnswerQueue(parts, (message, state) => hooks.answered(message, state));

  const announce = (conversationId: string, ...changed: readonly Message[]): void => {
    for (const message of changed) emit('message.changed', { message });
    const details = conversations.details(conversationId);
    if (details !== null) emit('conversation.headMoved', { conversationId, headId: details.headId });
    const summary = conversations.summary(conversationId);
    if (summary !== null) emit('conversation.changed', { summary });
  };

  /** Stores what `make` adds, with the head on the new answer, in one transaction; then begins to write. */
  const begin = (conversationId: string, question: UserMessage | (() => UserMessage), options: SendOptions): SentMessage => {
    if (conversations.summary(conversationId) === null) throw facetError('notFound', { what: 'conversation', id: conversationId });
    requireAllowed(conversationId);
    const now = Date.now();
    const { asked, answer } = parts.transaction(() => {
      const stored = typeof question === 'function' ? question() : question;
      const added = messages.addAnswer(conversationId, stored.id, waiting, now);
      conversations.setHead(conversationId, added.id);
      conversations.touch(conversationId, now);
      return { asked: stored, answer: added };
    });
    hooks.asked(asked.attachments);
    announce(conversationId, asked, answer);
    queue.add({ message: answer, options, start: freshStart, startTokens: 0 });
    return { conversationId, userMessageId: asked.id, assistantMessageId: answer.id };
  };

  /** Before anything is stored; a missing model is told by the answer, as every other fault of it. */
  const requireAllowed = (conversationId: string): void => {
    if (parts.host.wanted() !== null) modelFor(conversationId, parts);
  };
  const requireMessage = (id: string): Message => {
    const message = messages.get(id);
    if (message === null || conversations.summary(message.conversationId) === null) throw facetError('notFound', { what: 'message', id });
    return message;
  };
  const requireAnswer = (id: string): AssistantMessage => {
    const message = requireMessage(id);
    if (message.role !== 'assistant') throw facetError('invalidRequest', { field: 'messageId', reason: 'it is a question, not an answer' });
    return message;
  };
  const requireQuestion = (id: string | null): UserMessage => {
    const message = id === null ? null : requireMessage(id);
    if (message?.role !== 'user') throw facetError('invalidRequest', { field: 'messageId', reason: 'it is an answer, not a question' });
    return message;
  };
  /** The documents read as they were for that answer, unless another way is asked for. */
  const readAs = (answerId: string, options: SendOptions): SendOptions => {
    const mode = options.mode ?? parts.readings.get(answerId)?.mode;
    return mode === undefined ? options : { ...options, mode };
  };
  const requireContent = (text: string, attachments: number): void => {
    if (trimText(text) === '' && attachments === 0)
      throw facetError('invalidRequest', { field: 'text', reason: 'a question needs words or an attachment' });
  };

  return {
    queue,
    handlers: {
      'message.send': ({ conversationId, parentId, text, attachments, options = {} }) => {
        requireContent(text, attachments.length);
        if (parentId !== null) {
          const parent = requireAnswer(parentId);
          if (parent.conversationId !== conversationId) throw facetError('notFound', { what: 'message', id: parentId });
          if (parent.state.kind === 'generating') throw facetError('busy', { what: 'the answer before this question' });
        }
        for (const { attachmentId } of attachments) {
          const known = parts.attachments.list().some(({ id }) => id === attachmentId);
          if (!known) throw facetError('notFound', { what: 'attachment', id: attachmentId });
          if (isPrivateId(attachmentId) && !isPrivateId(conversationId))
            throw facetError('invalidRequest', { field: 'attachments', reason: 'a file of a private chat cannot be used in another' });
        }
        const store = (): UserMessage => messages.addQuestion({ conversationId, parentId, text: trimText(text), attachments }, Date.now());
        return begin(conversationId, store, options);
      },
      'message.regenerate': ({ messageId, options = {} }) => {
        const answer = requireAnswer(messageId);
        return begin(answer.conversationId, requireQuestion(answer.parentId), readAs(messageId, options));
      },
      'message.edit': ({ messageId, text, without = [], options = {} }) => {
        const { conversationId, parentId, attachments: before } = requireQuestion(messageId);
        const attachments = before.filter(({ attachmentId }) => !without.includes(attachmentId));
        requireContent(text, attachments.length);
        const store = (): UserMessage => messages.addQuestion({ conversationId, parentId, text: trimText(text), attachments }, Date.now());
        const answer = messages.ofConversation(conversationId).findLast((message) => message.parentId === messageId);
        return begin(conversationId, store, answer === undefined ? options : readAs(answer.id, options));
      },
      'message.continue': ({ messageId, options = {} }) => {
        const answer = requireAnswer(messageId);
        requireUnfinished(answer);
        const all = messages.ofConversation(answer.conversationId);
        if (all.some(({ parentId }) => parentId === messageId)) {
          throw facetError('invalidRequest', { field: 'messageId', reason: 'the conversation has gone on after this answer' });
        }
        const question = requireQuestion(answer.parentId);
        const mode = parts.readings.get(messageId)?.mode;
        // An answer made of many prompts has no one state to go on from: it is made again beside what was written.
        if (mode === 'exhaustive' || mode === 'tables') return begin(answer.conversationId, question, { ...options, mode });
        const start = startOf(answer, tokens.get(messageId));
        requireAllowed(answer.conversationId);
        const message: AssistantMessage = { ...answer, text: trimText(start.rawText), state: waiting };
        parts.transaction(() => {
          messages.saveAnswer(messageId, message.text, waiting);
          conversations.setHead(answer.conversationId, messageId);
        });
        hooks.asked(question.attachments);
        announce(answer.conversationId, message);
        // One that goes on keeps its reading; one that begins anew is read as it was, unless another way is asked for.
        const reads = start.rawText === '' ? readAs(messageId, options) : options;
        queue.add({ message, options: reads, start, startTokens: writtenTokens(answer.state) });
        return { conversationId: answer.conversationId, userMessageId: question.id, assistantMessageId: messageId };
      },
      'message.compute': async ({ messageId, attachmentId, query }) => {
        const { message, table } = await computeAgain(requireAnswer(messageId), { attachmentId, query }, parts);
        announce(message.conversationId, message);
        return table;
      },
      'message.exportList': ({ messageId, format }) => exportList(requireAnswer(messageId), format),
      'message.cancel': async ({ messageId }) => {
        requireMessage(messageId);
        await queue.cancel(messageId);
        return {};
      },
    },
  };
}

/** @throws FacetError busy while it is written, invalidRequest when it came to its end */
function requireUnfinished({ state }: AssistantMessage): void {
  if (state.kind === 'generating') throw facetError('busy', { what: 'this answer' });
  if (state.kind !== 'complete') return;
  const { stopReason } = state.receipt;
  if (stopReason === 'maxTokens' || stopReason === 'contextFull') return;
  throw facetError('invalidRequest', { field: 'messageId', reason: 'the answer is complete' });
}

/** What a continuation goes on from. Without exact ids a trailing space is left off: the model writes it with the next word. */
function startOf(answer: AssistantMessage, stored: ReturnType<GenerationParts['tokens']['get']>): AnswerJob['start'] {
  if (stored === null) return { ...freshStart, rawText: trimEnd(answer.text) };
  return stored.ids === null ? { ...freshStart, rawText: trimEnd(stored.rawText) } : stored;
}

function writtenTokens(state: AnswerState): number {
  return (state.kind === 'complete' || state.kind === 'cancelled') && state.receipt !== null ? state.receipt.generatedTokens : 0;
}
