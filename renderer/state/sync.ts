import { type AppEvent, reduceAppState, reduceConversation } from '../../electron/shared/appState.ts';
import type { Unsubscribe } from '../../electron/shared/rpc.ts';
import type { FacetClient } from '../client/facetClient.ts';
import type { AppStore } from './appStore.ts';
import { asOpen, type ConversationStore } from './conversationStore.ts';
import { openConversation } from './openConversation.ts';

/** Wait before asking again after a refused snapshot, in milliseconds. */
const retryDelay = 1000;

interface Numbered {
  readonly event: AppEvent;
  readonly sequence: number;
}

/** Keeps the stores equal to the host: a snapshot on every connection and after a gap, single events between. */
export function startSync(client: FacetClient, appStore: AppStore, conversationStore: ConversationStore): Unsubscribe {
  /** Events that came while a snapshot was on its way; null when none is. */
  let waiting: Numbered[] | null = null;
  let newest = 0;
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const apply = ({ event, sequence }: Numbered): void => {
    newest = sequence;
    appStore.setState((slice) => (slice.app === null ? slice : { app: reduceAppState(slice.app, event) }));
    const { current } = conversationStore.getState();
    if (current.kind !== 'open') return;
    if (event.name === 'conversation.removed' && event.payload.id === current.conversation.summary.id) {
      conversationStore.setState({ current: { kind: 'new' } });
      return;
    }
    const conversation = reduceConversation(current.conversation, event);
    if (conversation !== current.conversation) conversationStore.setState({ current: asOpen(conversation) });
  };

  const resynchronise = async (): Promise<void> => {
    const thisRound = ++round;
    waiting = [];
    try {
      const [description, snapshot] = await Promise.all([client.request('app.describe', {}), client.request('app.snapshot', {})]);
      if (thisRound !== round) return;
      appStore.setState({ description, app: snapshot.state });
      newest = snapshot.sequence;
      const late = waiting.filter(({ sequence }) => sequence > snapshot.sequence);
      waiting = null;
      for (const numbered of late) apply(numbered);
      const { current } = conversationStore.getState();
      if (current.kind === 'open') await openConversation(client, conversationStore, current.conversation.summary.id);
    } catch {
      // A lost connection starts the next round by its return; anything else is tried again.
      if (thisRound === round && client.state().kind === 'connected') timer = setTimeout(() => void resynchronise(), retryDelay);
    }
  };

  const stopEvents = client.onEvent((event, sequence) => {
    if (waiting !== null) waiting.push({ event, sequence });
    else if (sequence === newest + 1) apply({ event, sequence });
    else void resynchronise();
  });
  const follow = (): void => {
    const connection = client.state();
    appStore.setState({ connection });
    if (connection.kind === 'connected') void resynchronise();
  };
  const stopStates = client.onState(follow);
  follow();
  return () => {
    round += 1;
    clearTimeout(timer);
    stopEvents();
    stopStates();
  };
}
