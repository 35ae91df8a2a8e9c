import { setImmediate as nextTurn } from 'node:timers/promises';
import { facetError, toErrorData } from '../../shared/errors.ts';
import type { AnswerState, Message } from '../../shared/conversations.ts';
import { trimEnd, trimText } from '../context/pieces.ts';
import type { AnswerTokens } from '../conversations/answerTokenStore.ts';
import { type AnswerStream, createAnswerStream } from './answerStream.ts';
import type { GenerationParts } from './generationParts.ts';
import { withStallWarning } from './stallWarning.ts';
import type { AnswerJob } from './answerJob.ts';
import { writeAnswer } from './writeAnswer.ts';

/** Answers being written or waiting for their turn, one at a time. */
export interface AnswerQueue {
  add(job: AnswerJob): void;
  /** Stops this answer; resolves when it has stopped and is stored. Harmless when it is not here. */
  cancel(messageId: string): Promise<void>;
  /** Stops every answer of a conversation. */
  cancelConversation(conversationId: string): Promise<void>;
  isBusy(): boolean;
  /** The message as people see it right now: with what was written since it was last saved. */
  live(message: Message): Message;
  /** Stops everything; partial answers are stored as cancelled. */
  close(): Promise<void>;
}

interface Entry {
  readonly job: AnswerJob;
  readonly stream: AnswerStream;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** `finished` is called after each answer that came to its end, well or not. */
export function createAnswerQueue(parts: GenerationParts, finished: (message: Message, state: AnswerState) => void): AnswerQueue {
  const entries = new Map<string, Entry>();
  let line: Promise<void> = Promise.resolve();

  /** Stores the end of an answer and tells it. One that cannot be stored is told as failed, so that nobody takes it for kept. */
  const settle = (job: AnswerJob, text: string, state: AnswerState, tokens: AnswerTokens | null): void => {
    const { id } = job.message;
    let ended = state;
    try {
      parts.transaction(() => {
        if (tokens !== null) parts.tokens.save(id, tokens);
        parts.messages.saveAnswer(id, text, state);
      });
    } catch (error) {
      ended = { kind: 'failed', error: toErrorData(error) };
    }
    const message: Message = { ...job.message, text, state: ended };
    entries.delete(id);
    parts.emit('message.changed', { message });
    finished(message, ended);
  };

  const run = async (job: AnswerJob, stream: AnswerStream, signal: AbortSignal): Promise<void> => {
    try {
      if (signal.aborted) throw facetError('cancelled', {});
      const { receipt, tokens } = await withStallWarning(parts.host, () => writeAnswer(job, stream, parts, signal));
      stream.end();
      settle(job, trimText(tokens.rawText), { kind: receipt.stopReason === 'cancelled' ? 'cancelled' : 'complete', receipt }, tokens);
    } catch (error) {
      stream.end();
      const data = toErrorData(error);
      const rawText = stream.rawText();
      const state: AnswerState = data.code === 'cancelled' ? { kind: 'cancelled', receipt: null } : { kind: 'failed', error: data };
      const tokens = rawText === job.start.rawText ? null : { modelSha256: '', rawText: trimEnd(rawText), ids: null };
      settle(job, trimText(rawText), state, tokens);
    }
  };

  const cancelEntries = async (chosen: readonly Entry[]): Promise<void> => {
    for (const { controller } of chosen) controller.abort();
    await Promise.all(chosen.map(({ done }) => done));
  };
  return {
    add: (job) => {
      const { id, conversationId } = job.message;
      const stream = createAnswerStream({
        conversationId,
        messageId: id,
        rawText: job.start.rawText,
        emit: parts.emit,
        save: (text) => parts.messages.saveText(id, text),
      });
      const controller = new AbortController();
      const done = line.then(async () => {
        // In a later turn: whoever asked learns the answer's id before anything happens to it.
        await nextTurn();
        await run(job, stream, controller.signal);
      });
      // A fault in one answer must not stop those behind it.
      line = done.catch(() => undefined);
      entries.set(id, { job, stream, controller, done });
    },
    cancel: (messageId) => cancelEntries([...entries.values()].filter(({ job }) => job.message.id === messageId)),
    cancelConversation: (conversationId) =>
      cancelEntries([...entries.values()].filter(({ job }) => job.message.conversationId === conversationId)),
    isBusy: () => entries.size > 0,
    live: (message) => {
      const entry = entries.get(message.id);
      if (entry === undefined || message.role !== 'assistant') return message;
      return { ...message, text: entry.stream.shownText(), state: { kind: 'generating', stage: entry.stream.stage() } };
    },
    close: () => cancelEntries([...entries.values()]),
  };
}
