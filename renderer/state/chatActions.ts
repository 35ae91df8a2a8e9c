import type { Rect } from '../../electron/shared/attachments.ts';
import type { Conversation } from '../../electron/shared/conversations.ts';
import { facetError, toErrorData } from '../../electron/shared/errors.ts';
import type { FacetClient } from '../client/facetClient.ts';
import type { FitChoice } from '../../electron/shared/fitChoices.ts';
import { applyFitChoice } from './applyFitChoice.ts';
import type { CompactActions } from './compactActions.ts';
import { conversationId } from './conversationStore.ts';
import { changeDraft, draftOf, emptyDraft, isUnread, newChatKey } from './draftStore.ts';
import type { Stores } from './stores.ts';
import { openConversation } from './openConversation.ts';
import { sentence } from './sentence.ts';
import type { ViewActions } from './viewActions.ts';

/** What the user does in a chat. Each reports its own failure as a notice; none rejects. */
export interface ChatActions {
  startNew(): void;
  /** Begins a chat that is in memory only. */
  startPrivate(): Promise<void>;
  open(id: string): Promise<void>;
  /** Sends the draft of the conversation shown, creating the conversation when it is new. The draft stays when that fails. */
  send(): Promise<void>;
  /**
   * Asks again about parts of a picture, which is sent once more with these boxes (pixels of the upright picture).
   * @returns the id of the answer, null when it could not be asked
   */
  lookCloser(attachmentId: string, regions: readonly Rect[], text: string): Promise<string | null>;
  /** Stops the answer being written in the conversation shown. */
  stop(): Promise<void>;
  regenerate(messageId: string): Promise<void>;
  edit(messageId: string, text: string): Promise<void>;
  continueAnswer(messageId: string): Promise<void>;
  /** Does what makes a refused question fit, and has it answered. */
  makeFit(messageId: string, choice: FitChoice): Promise<void>;
  selectBranch(messageId: string): Promise<void>;
}

interface ChatActionsOptions {
  readonly client: FacetClient;
  readonly stores: Stores;
  readonly view: ViewActions;
  readonly compact: CompactActions;
}

export function createChatActions({ client, stores, view, compact }: ChatActionsOptions): ChatActions {
  /** @param gaveUp called when it was not done, and will not be */
  const attempt = async (act: () => Promise<unknown>, gaveUp: () => void = () => undefined): Promise<boolean> => {
    try {
      await act();
      return true;
    } catch (error) {
      const data = toErrorData(error);
      if (data.code === 'leavesMachine') {
        const { conversation, model, host } = data.details;
        view.askToLeave({ conversationId: conversation, modelId: model, host, goOn: () => void attempt(act, gaveUp), stay: gaveUp });
      } else {
        view.notify(sentence(data));
        gaveUp();
      }
      return false;
    }
  };
  const shownId = (): string | null => conversationId(stores.conversation.getState().current);
  const open = (id: string): Promise<void> => {
    view.edit(null);
    view.showSidebarOverlay(false);
    return openConversation(client, stores.conversation, id);
  };
  const ensureConversation = async (): Promise<string> => {
    const id = shownId();
    if (id !== null) return id;
    const summary = await client.request('conversation.create', {});
    // The words typed so far belong to the conversation from here on: nothing is lost if the next step fails.
    const draft = draftOf(stores.drafts.getState(), newChatKey);
    changeDraft(stores.drafts, summary.id, () => draft);
    changeDraft(stores.drafts, newChatKey, () => emptyDraft);
    await openConversation(client, stores.conversation, summary.id);
    return summary.id;
  };
  /** Takes back a chat that was made for a question which was not asked; what was typed is the draft of a new one again. */
  const takeBack = (id: string): void => {
    const { current } = stores.conversation.getState();
    // Without a connection nobody knows whether it was asked.
    if (client.state().kind !== 'connected' || current.kind !== 'open') return;
    if (current.conversation.summary.id !== id || current.conversation.messages.length > 0) return;
    const draft = draftOf(stores.drafts.getState(), id);
    changeDraft(stores.drafts, newChatKey, () => draft);
    changeDraft(stores.drafts, id, () => emptyDraft);
    stores.conversation.setState({ current: { kind: 'new' } });
    client.request('conversation.remove', { id }).catch((error: unknown) => view.notify(sentence(toErrorData(error))));
  };
  const openOne = (id: string): Conversation => {
    const { current } = stores.conversation.getState();
    if (current.kind !== 'open') throw facetError('notFound', { what: 'conversation', id });
    return current.conversation;
  };

  return {
    startNew() {
      view.edit(null);
      view.showSidebarOverlay(false);
      view.closeEvidence();
      stores.conversation.setState({ current: { kind: 'new' } });
    },
    async startPrivate() {
      view.closeEvidence();
      await attempt(async () => open((await client.request('conversation.create', { private: true })).id));
    },
    open,
    async send() {
      let made: string | null = null;
      await attempt(
        async () => {
          const isNew = shownId() === null;
          const id = await ensureConversation();
          if (isNew) made = id;
          const { headId } = openOne(id);
          const { text, attachments, mode, soFar } = draftOf(stores.drafts.getState(), id);
          const known = stores.app.getState().app?.attachments ?? [];
          // Of a folder, what was not read is left behind: it stood listed with it.
          const uses = attachments.flatMap((item) =>
            item.kind === 'stored' && !(item.folder !== undefined && isUnread(item, { attachments: known })) ? [item.use] : [],
          );
          changeDraft(stores.drafts, id, () => emptyDraft);
          try {
            await client.request('message.send', {
              conversationId: id,
              parentId: headId,
              text: text.trim(),
              attachments: uses,
              options: { mode, ...(soFar ? { soFar } : {}) },
            });
          } catch (error) {
            changeDraft(stores.drafts, id, (draft) => (draft === emptyDraft ? { text, attachments, mode, soFar } : draft));
            throw error;
          }
        },
        () => {
          if (made !== null) takeBack(made);
        },
      );
    },
    async lookCloser(attachmentId, regions, text) {
      let answerId: string | null = null;
      await attempt(async () => {
        const conversation = openOne(await ensureConversation());
        const sent = await client.request('message.send', {
          conversationId: conversation.summary.id,
          parentId: conversation.headId,
          text: text.trim(),
          attachments: [{ attachmentId, panScan: 'region', regions }],
        });
        answerId = sent.assistantMessageId;
      });
      return answerId;
    },
    async stop() {
      const { current } = stores.conversation.getState();
      const message = current.kind === 'open' ? current.writing : null;
      if (message !== null) await attempt(() => client.request('message.cancel', { messageId: message.id }));
    },
    async regenerate(messageId) {
      await attempt(() => client.request('message.regenerate', { messageId }));
    },
    async edit(messageId, text) {
      if (await attempt(() => client.request('message.edit', { messageId, text }))) view.edit(null);
    },
    async continueAnswer(messageId) {
      await attempt(() => client.request('message.continue', { messageId }));
    },
    async makeFit(messageId, choice) {
      await attempt(() => applyFitChoice({ client, compact, conversation: openOne(messageId) }, messageId, choice));
    },
    async selectBranch(messageId) {
      const id = shownId();
      if (id !== null) await attempt(() => client.request('conversation.selectBranch', { id, messageId }));
    },
  };
}
