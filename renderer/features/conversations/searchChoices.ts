import type { ConversationSummary, SearchHit } from '../../../electron/shared/conversations.ts';
import { conversationTitle } from './conversationTitle.ts';
import { excerptParts, type ExcerptPart } from './excerptParts.ts';
import type { SearchState } from './useSearch.ts';

/** One line of the results. */
export interface SearchChoice {
  readonly key: string;
  readonly conversationId: string;
  /** The message that holds the words; null for a title or a recent conversation. */
  readonly messageId: string | null;
  readonly title: string;
  readonly excerpt: readonly ExcerptPart[];
}

const recentCount = 8;

/** The hits, or the newest conversations while nothing is typed. */
export function searchChoices(state: SearchState, conversations: readonly ConversationSummary[]): readonly SearchChoice[] {
  if (state.kind === 'found') {
    return state.hits.map((hit, index) => ({
      key: `hit-${index}`,
      conversationId: hit.conversationId,
      messageId: hit.messageId,
      title: titleOf(hit, conversations),
      excerpt: excerptParts(hit),
    }));
  }
  if (state.kind === 'failed') return [];
  return conversations.slice(0, recentCount).map((conversation) => ({
    key: conversation.id,
    conversationId: conversation.id,
    messageId: null,
    title: conversationTitle(conversation),
    excerpt: [],
  }));
}

function titleOf(hit: SearchHit, conversations: readonly ConversationSummary[]): string {
  const conversation = conversations.find(({ id }) => id === hit.conversationId);
  return conversationTitle({ title: hit.title, opening: conversation?.opening ?? '' });
}
