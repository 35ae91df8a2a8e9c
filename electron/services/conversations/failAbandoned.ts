import type { Message } from '../../shared/conversations.ts';
import type { MessageStore } from './messageStore.ts';

/**
 * Answers that a run of Facet was writing when it ended uncleanly become failed; what was written stays and can be continued.
 * @param alive ids of the runs that still live, this one included
 */
export function failAbandoned(messages: MessageStore, alive: readonly string[]): readonly Message[] {
  return messages.beingWrittenExceptBy(alive).flatMap((message) => {
    if (message.role !== 'assistant') return [];
    const failed: Message = {
      ...message,
      text: message.text.trim(),
      state: { kind: 'failed', error: { code: 'engineStopped', details: { reason: 'Facet ended before this answer was finished' } } },
    };
    messages.saveAnswer(failed.id, failed.text, failed.state);
    return [failed];
  });
}
