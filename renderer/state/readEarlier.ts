import type { AppEvent } from '../../electron/shared/appState.ts';
import type { Conversation, Message } from '../../electron/shared/conversations.ts';
import type { FacetClient } from '../client/facetClient.ts';
import { asOpen, type ConversationStore } from './conversationStore.ts';

/** Messages read at once: a few milliseconds of work, so that the page answers its user between them. */
const pageLength = 500;

/**
 * Reads what comes before the newest messages of a conversation, page by page, and then shows all of it at once: rows that come one page after the
 * other would move the scrollbar each time. Does nothing for a conversation that is here already.
 * @returns false when an answer among them grew meanwhile, which belongs to neither copy for certain
 */
export async function readEarlier(client: FacetClient, store: ConversationStore, newest: Conversation): Promise<boolean> {
  const { id } = newest.summary;
  const changed = new Set<string>();
  const grown = new Set<string>();
  const stop = client.onEvent((event) => noteChange(event, id, changed, grown));
  try {
    let { earlier = 0 } = newest;
    let pages: readonly Message[] = newest.messages;
    while (earlier > 0) {
      const page = await client.request('conversation.earlier', { id, before: pages[0]?.id ?? '', limit: pageLength });
      pages = [...page.messages, ...pages];
      earlier = page.messages.length === 0 ? 0 : page.earlier;
      const { current } = store.getState();
      if (current.kind !== 'open' || current.conversation.summary.id !== id) return true;
    }
    const { current } = store.getState();
    if (current.kind !== 'open' || current.conversation.summary.id !== id || pages === newest.messages) return true;
    const read = pages.slice(0, pages.length - newest.messages.length);
    store.setState({ current: asOpen(merge(current.conversation, read, changed)) });
    return read.every((message) => !grown.has(message.id));
  } finally {
    stop();
  }
}

function noteChange(event: AppEvent, conversationId: string, changed: Set<string>, grown: Set<string>): void {
  if (event.name === 'message.changed' && event.payload.message.conversationId === conversationId) changed.add(event.payload.message.id);
  if (event.name === 'message.appended' && event.payload.conversationId === conversationId) grown.add(event.payload.messageId);
}

/** The whole conversation in order of creation; of a message that changed while it was read, the changed one. */
function merge({ earlier: _earlier, ...shown }: Conversation, read: readonly Message[], changed: ReadonlySet<string>): Conversation {
  const ids = new Set(read.map(({ id }) => id));
  const shownById = new Map(shown.messages.map((message) => [message.id, message]));
  const kept = read.map((message) => (changed.has(message.id) ? (shownById.get(message.id) ?? message) : message));
  return { ...shown, messages: [...kept, ...shown.messages.filter(({ id }) => !ids.has(id))] };
}
