import { toErrorData } from '../../electron/shared/errors.ts';
import type { FacetClient } from '../client/facetClient.ts';
import { conversationId, type ConversationStore } from './conversationStore.ts';

/** Reads again at most this often when the answer grew while it was being read. */
const attemptLimit = 5;

/** Shows a conversation. Whatever was shown before stays until the new one is here, when it is the same one. */
export async function openConversation(client: FacetClient, store: ConversationStore, id: string): Promise<void> {
  const { current } = store.getState();
  if (!(current.kind === 'open' && current.conversation.summary.id === id)) store.setState({ current: { kind: 'opening', id } });
  try {
    for (let attempt = 1; ; attempt += 1) {
      // Text appended between the host's read and its result belongs to neither copy for certain: then read again.
      const late: string[] = [];
      const stop = client.onEvent((event) => {
        if (event.name === 'message.appended' && event.payload.conversationId === id) late.push(event.payload.messageId);
      });
      const conversation = await client.request('conversation.open', { id }).finally(stop);
      if (conversationId(store.getState().current) !== id) return;
      store.setState({ current: { kind: 'open', conversation } });
      if (late.length === 0 || attempt === attemptLimit) return;
    }
  } catch (error) {
    if (conversationId(store.getState().current) !== id) return;
    store.setState({ current: { kind: 'failed', id, error: toErrorData(error) } });
  }
}
