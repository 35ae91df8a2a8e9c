import type { Compaction, Message, UserMessage } from '../../shared/conversations.ts';
import type { AnswerReading } from '../asking/answerReadings.ts';

/** Messages as a prompt is made of them. */
export interface PromptPath {
  readonly messages: readonly Message[];
  /** The summary among them; null when every message stands for itself. */
  readonly compaction: Compaction | null;
  /** Messages that the summary stands for. They keep their places and their files, and have no words. */
  readonly replaced: ReadonlySet<string>;
}

/**
 * Puts the newest summary on this path in the place of what it stands for, as a question of its own before the turns that follow.
 * @param openId the answer that goes on, if any: it needs its own turns, so a summary that stands for it does not count
 */
export function compactPath(path: readonly Message[], compactions: readonly Compaction[], openId: string | null): PromptPath {
  const ids = new Set(path.map(({ id }) => id));
  const compaction = compactions.findLast(({ afterId }) => ids.has(afterId) && afterId !== openId);
  if (compaction === undefined) return { messages: path, compaction: null, replaced: new Set() };
  const end = path.findIndex(({ id }) => id === compaction.afterId) + 1;
  const before = path.slice(0, end);
  return {
    messages: [...before.map((message) => ({ ...message, text: '' })), summaryTurn(compaction), ...path.slice(end)],
    compaction,
    replaced: new Set(before.map(({ id }) => id)),
  };
}

/** How documents are read at questions that a summary stands for: what was chosen for the question goes with it, whole documents stay. */
export function readingOfReplaced(reading: AnswerReading | null): AnswerReading | null {
  return reading?.mode === 'relevant' ? { ...reading, mode: 'exhaustive', excerpts: [] } : reading;
}

function summaryTurn({ id, conversationId, afterId, createdAt, messages, summary }: Compaction): UserMessage {
  const text = `Summary of the ${messages} messages before, which stands in their place:\n${summary}`;
  return { id, conversationId, parentId: afterId, createdAt, text, role: 'user', attachments: [] };
}
