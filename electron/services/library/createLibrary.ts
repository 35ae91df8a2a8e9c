import type { Requests } from '../../shared/contract.ts';
import type { LibraryHit } from '../../shared/library.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import type { AnswerReadings } from '../asking/answerReadings.ts';
import type { AttachmentsService } from '../attachments/attachmentsService.ts';
import type { KeptStateFiles } from '../states/keptStates.ts';
import type { FileUses } from './fileUses.ts';

/** How long a deleted file can be brought back, in milliseconds: longer than the notice that offers it stands. */
const undoMs = 60_000;

export interface LibraryOptions {
  readonly attachments: Pick<AttachmentsService, 'hide' | 'bringBack' | 'dropHidden'>;
  readonly uses: FileUses;
  readonly search: (query: string, limit: number) => readonly LibraryHit[];
  readonly answerReadings: Pick<AnswerReadings, 'forgetDocument'>;
  readonly states: KeptStateFiles;
}

export interface Library {
  readonly handlers: Pick<RequestHandlers<Requests>, Extract<keyof Requests, `library.${string}` | `state.${string}`>>;
  /** Deletes what this run has removed and nobody can bring back any more. */
  close(): Promise<void>;
}

/** Every `library.*` request, and those about chats' kept states. What an earlier run left hidden is deleted at once. */
export function createLibrary({ attachments, uses, search, answerReadings, states }: LibraryOptions): Library {
  let timer: NodeJS.Timeout | undefined;

  /** A file's text is in the states of its chats, and in the excerpts that answers were given. */
  const drop = async (agoMs: number): Promise<void> => {
    for (const id of attachments.dropHidden(agoMs)) {
      answerReadings.forgetDocument(id);
      for (const conversationId of uses.conversationsOf(id)) await states.forget(conversationId);
    }
  };
  const dropLater = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void drop(undoMs).catch(() => undefined), undoMs + 1_000).unref();
  };
  // Another run on the same data may be offering to bring its own back, so only what is old enough goes.
  void drop(undoMs).catch(() => undefined);

  return {
    handlers: {
      'library.uses': () => uses.all(),
      'library.search': ({ query, limit }) => search(query, limit),
      'library.remove': async ({ ids }) => {
        for (const id of ids) await attachments.hide(id);
        dropLater();
        return {};
      },
      'library.restore': ({ ids }) => ids.map((id) => attachments.bringBack(id)),
      'state.usage': () => states.usage(),
      'state.removeAll': async () => {
        await states.removeAll();
        return states.usage();
      },
    },
    close: async () => {
      clearTimeout(timer);
      await drop(0);
    },
  };
}
