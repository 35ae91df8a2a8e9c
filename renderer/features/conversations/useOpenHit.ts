import { useCallback } from 'react';
import { createBranchSelector } from '../../state/branches.ts';
import { useFacet } from '../../state/useFacet.ts';

/** Opens a conversation at a message: on its branch, and scrolled to. */
export function useOpenHit(): (conversationId: string, messageId: string | null) => Promise<void> {
  const { chat, stores, view } = useFacet();
  return useCallback(
    async (conversationId, messageId) => {
      view.reveal(null);
      await chat.open(conversationId);
      const { current } = stores.conversation.getState();
      if (messageId === null || current.kind !== 'open' || current.conversation.summary.id !== conversationId) return;
      view.reveal(messageId);
      const shown = createBranchSelector()(current.conversation).some(({ message }) => message.id === messageId);
      if (!shown) await chat.selectBranch(messageId);
    },
    [chat, stores, view],
  );
}
