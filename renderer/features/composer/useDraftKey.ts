import { conversationId } from '../../state/conversationStore.ts';
import { newChatKey } from '../../state/draftStore.ts';
import { useConversation } from '../../state/useFacet.ts';

/** Under which key the draft of the conversation shown is kept. */
export function useDraftKey(): string {
  return useConversation((slice) => conversationId(slice) ?? newChatKey);
}
