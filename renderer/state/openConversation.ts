import type { AppEvent } from '../../electron/shared/appState.ts';
import type { Conversation } from '../../electron/shared/conversations.ts';
import { toErrorData } from '../../electron/shared/errors.ts';
import type { FacetClient } from '../client/facetClient.ts';
import { asOpen, conversationId, type ConversationStore } from './conversationStore.ts';
import { readEarlier } from './readEarlier.ts';

/** Reads again at most this often when the answer grew while it was being read. */
const attemptLimit = 5;
/** Messages that are shown first: enough for any window, few enough to come at once. */
const newest = 40;

/**
 * Shows a conversation: its end first, then all of it. Whatever was shown before stays until the new one is here, when it is the same one.
 * Resolves when all of it is here.
 */
export async function openConversation(client: FacetClient, store: ConversationStore, id: string): Promise<void> {
  const { current } = store.getState();
  if (!(current.kind === 'open' && current.conversation.summary.id === id)) store.setState({ current: { kind: 'opening', id } });
  const isShown = (): boolean => conversationId(store.getState().current) === id;
  try {
    for (let attempt = 1; ; attempt += 1) {
      // Text appended between the host's read and its result belongs to neither copy for certain: then read again.
      const { grown, stop } = watchGrowth(client, id);
      const read = await client.request('conversation.open', { id, newest }).finally(stop);
      if (!isShown()) return;
      const before = store.getState().current;
      store.setState({ current: asOpen(before.kind === 'open' ? withShown(read, before.conversation) : read) });
      if ((await readEarlier(client, store, read)) && (grown.size === 0 || attempt === attemptLimit)) return;
      if (!isShown()) return;
    }
  } catch (error) {
    // What is shown already is read again as soon as there is a connection.
    if (store.getState().current.kind === 'open' && client.state().kind !== 'connected') return;
    if (isShown()) store.setState({ current: { kind: 'failed', id, error: toErrorData(error) } });
  }
}

/** Ids of the answers that grow from now on. */
function watchGrowth(client: FacetClient, id: string): { readonly grown: ReadonlySet<string>; readonly stop: () => void } {
  const grown = new Set<string>();
  const note = (event: AppEvent): void => {
    if (event.name === 'message.appended' && event.payload.conversationId === id) grown.add(event.payload.messageId);
  };
  return { grown, stop: client.onEvent(note) };
}

/** What was just read, after the messages that are shown already and come before it. */
function withShown(read: Conversation, shown: Conversation): Conversation {
  const ids = new Set(read.messages.map(({ id }) => id));
  return { ...read, messages: [...shown.messages.filter(({ id }) => !ids.has(id)), ...read.messages] };
}
