import type { Requests } from '../../shared/contract.ts';
import type { ConversationSummary } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import { pathTo } from '../conversations/branches.ts';
import type { GenerationParts } from '../generation/generationParts.ts';
import { compactableTurns } from './compactableTurns.ts';
import { type SummaryProgress, writeSummary } from './writeSummary.ts';
import { modelFor } from '../generation/answerModel.ts';

/** Least time between two announcements of a summary that is being written, in milliseconds. */
const writtenEveryMs = 100;

type CompactionHandlers = Pick<RequestHandlers<Requests>, 'conversation.compact' | 'conversation.undoCompact'>;

/** Summaries in the place of older turns. `makeWay` stops what runs in idle time. */
export function createCompactionHandlers(parts: GenerationParts, makeWay: () => void): CompactionHandlers {
  const { conversations, messages, compactions, emit } = parts;
  const working = new Set<string>();

  const requireConversation = (id: string): ConversationSummary => {
    const summary = conversations.summary(id);
    if (summary === null) throw facetError('notFound', { what: 'conversation', id });
    return summary;
  };
  /** Tells a summary that is being written, now and then. */
  const teller = (conversationId: string): ((progress: SummaryProgress) => void) => {
    let toldAt = 0;
    return (progress) => {
      const now = performance.now();
      if (progress.text !== '' && now - toldAt < writtenEveryMs) return;
      toldAt = now;
      emit('compaction.written', { conversationId, ...progress });
    };
  };

  return {
    'conversation.compact': async ({ id }, signal) => {
      requireConversation(id);
      const branch = pathTo(messages.ofConversation(id), conversations.details(id)?.headId ?? null);
      if (working.has(id)) throw facetError('busy', { what: 'the summary of this chat' });
      if (branch.some((message) => message.role === 'assistant' && message.state.kind === 'generating'))
        throw facetError('busy', { what: 'the answer that is being written' });
      const turns = compactableTurns(branch, compactions.ofConversation(id));
      if (turns === null)
        throw facetError('invalidRequest', { field: 'id', reason: 'there is nothing before the last question that could be summarised' });
      // A summary is made of the chat's words, so it goes where the chat may go.
      if (parts.host.wanted() !== null) modelFor(id, parts);
      working.add(id);
      try {
        makeWay();
        await parts.lock.acquire(signal, () => undefined);
        try {
          const active = await parts.host.ensure({ signal });
          const summary = await writeSummary(turns, active, parts, { signal, wrote: teller(id) });
          // It may have been deleted meanwhile.
          requireConversation(id);
          const { afterId, messages: count } = turns;
          const made = { conversationId: id, afterId, messages: count, summary, createdAt: Date.now(), model: active.model.name };
          const compaction = compactions.add(made);
          emit('compaction.added', { compaction });
          return compaction;
        } finally {
          parts.lock.release();
        }
      } finally {
        working.delete(id);
      }
    },
    'conversation.undoCompact': ({ id, compactionId }) => {
      requireConversation(id);
      const isOurs = compactions.ofConversation(id).some((compaction) => compaction.id === compactionId);
      if (!isOurs || !compactions.remove(compactionId))
        throw facetError('invalidRequest', { field: 'compactionId', reason: 'there is no such summary in this chat' });
      emit('compaction.removed', { conversationId: id, id: compactionId });
      return {};
    },
  };
}
