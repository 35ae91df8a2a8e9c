import { useMemo } from 'react';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';
import type { UndoOffers } from '../../state/useUndoNote.tsx';
import type { LibraryEntry } from './libraryEntries.ts';

/** What can be done with a file of the library. Failures become a notice; nothing rejects. */
export interface LibraryActions {
  /** Opens the page that was found, else the first, beside the chat. */
  readonly look: (entry: LibraryEntry) => void;
  /** Puts it into the message being written; it is not read again. */
  readonly askHere: (entry: LibraryEntry) => void;
  readonly askInNewChat: (entry: LibraryEntry) => void;
  readonly openChat: (conversationId: string) => void;
  /** Deletes it and offers Undo. */
  readonly remove: (entry: LibraryEntry, offer: UndoOffers['offer']) => Promise<void>;
}

/** @param close shuts the library, for what is shown behind it */
export function useLibraryActions(close: () => void): LibraryActions {
  const { client, chat, attachments, view } = useFacet();
  return useMemo(() => {
    const attempt = async (act: () => Promise<unknown>): Promise<void> => {
      try {
        await act();
      } catch (error) {
        view.notify(sentence(toErrorData(error)));
      }
    };
    const leave = (): void => {
      close();
      view.showSidebarOverlay(false);
    };
    const askHere = ({ attachment }: LibraryEntry): void => {
      leave();
      attachments.use(attachment.id);
    };
    return {
      look: ({ attachment, hit }) => {
        leave();
        if (attachment.state.kind === 'image') view.openEvidence({ kind: 'picture', attachmentId: attachment.id, messageId: null });
        else view.openEvidence({ kind: 'document', attachmentId: attachment.id, page: hit?.page ?? 1 });
      },
      askHere,
      askInNewChat: (entry) => {
        chat.startNew();
        askHere(entry);
      },
      openChat: (conversationId) => {
        leave();
        void chat.open(conversationId);
      },
      remove: ({ ids, attachment, uses }, offer) =>
        attempt(async () => {
          await client.request('library.remove', { ids });
          offer(
            `Deleted “${attachment.name}”.${keptWords(uses.length)}`,
            () => void attempt(() => client.request('library.restore', { ids })),
          );
        }),
    };
  }, [attachments, chat, client, close, view]);
}

function keptWords(chats: number): string {
  if (chats === 0) return '';
  return chats === 1 ? ' The chat that used it keeps its words.' : ` The ${chats} chats that used it keep their words.`;
}
