import type { Conversation } from '../../../electron/shared/conversations.ts';
import { generatingMessage } from '../../state/branches.ts';
import { createSentenceReader, type SentenceReader } from './sentences.ts';
import { stageWords } from './stageWords.ts';

/** Takes the conversation as it changes; gives what is to be said now, or nothing. */
export function createAnnouncer(): (conversation: Conversation) => string {
  let current: { readonly id: string; readonly read: SentenceReader } | null = null;
  let stageSaid = '';
  return (conversation) => {
    const writing = generatingMessage(conversation);
    if (writing !== null && writing.id !== current?.id) {
      current = { id: writing.id, read: createSentenceReader() };
      stageSaid = '';
    }
    const message = writing ?? conversation.messages.findLast(({ id }) => id === current?.id);
    if (current === null || message === undefined) return '';
    const sentences = current.read(message.text, writing === null);
    if (sentences !== '' || writing?.role !== 'assistant' || writing.state.kind !== 'generating') return sentences;
    const { stage } = writing.state;
    // Only a new kind of stage is said, not every page of it.
    if (stage.kind === stageSaid || stage.kind === 'writing') return '';
    stageSaid = stage.kind;
    return stageWords(stage);
  };
}
