import { useMemo } from 'react';
import type { ConversationSummary } from '../../../electron/shared/conversations.ts';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { isPrivateId } from '../../../electron/shared/privateIds.ts';
import { changeDraft, emptyDraft } from '../../state/draftStore.ts';
import { conversationId } from '../../state/conversationStore.ts';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';
import { conversationTitle } from './conversationTitle.ts';
import { saveText } from '../../state/saveFile.ts';

/** What can be done with a conversation from the list. Failures become a notice; nothing rejects. */
export interface ConversationActions {
  readonly rename: (id: string, title: string) => Promise<void>;
  /** Hides it and offers Undo. */
  readonly remove: (conversation: ConversationSummary) => Promise<void>;
  /** Opens it, and has a summary written in the place of its earlier messages. */
  readonly compact: (id: string) => Promise<void>;
  /** Saves it as a file. */
  readonly exportAs: (id: string, format: 'markdown' | 'json') => Promise<void>;
}

const mimeTypes = { markdown: 'text/markdown', json: 'application/json' } as const;

export function useConversationActions(): ConversationActions {
  const { client, chat, compact, stores, view } = useFacet();
  return useMemo(() => {
    const attempt = async (act: () => Promise<unknown>): Promise<void> => {
      try {
        await act();
      } catch (error) {
        view.notify(sentence(toErrorData(error)));
      }
    };
    return {
      rename: (id, title) => attempt(() => client.request('conversation.rename', { id, title })),
      remove: (conversation) =>
        attempt(async () => {
          const { id } = conversation;
          const wasShown = conversationId(stores.conversation.getState().current) === id;
          await client.request('conversation.remove', { id });
          if (isPrivateId(id)) {
            changeDraft(stores.drafts, id, () => emptyDraft);
            view.notify('Closed the private chat. Nothing of it is left.');
            return;
          }
          const undo = async (): Promise<void> => {
            await client.request('conversation.restore', { id });
            if (wasShown) await chat.open(id);
          };
          view.notify(`Deleted “${conversationTitle(conversation)}”.`, { label: 'Undo', run: () => void attempt(undo) });
        }),
      compact: async (id) => {
        await chat.open(id);
        await compact.compact(id);
      },
      exportAs: (id, format) =>
        attempt(async () => {
          const { fileName, text } = await client.request('conversation.export', { id, format });
          saveText(fileName, text, mimeTypes[format]);
        }),
    };
  }, [client, chat, compact, stores, view]);
}
