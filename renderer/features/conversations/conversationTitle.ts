import type { ConversationSummary } from '../../../electron/shared/conversations.ts';

/** The given title, else the first words, else a name that says it is empty. */
export function conversationTitle({ title, opening }: Pick<ConversationSummary, 'title' | 'opening'>): string {
  return title !== '' ? title : opening !== '' ? opening : 'New chat';
}
