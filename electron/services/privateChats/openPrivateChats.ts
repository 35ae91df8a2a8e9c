import type { ReaderClient } from '../../reader/readerClient.ts';
import { toErrorData } from '../../shared/errors.ts';
import { asPrivateId } from '../../shared/privateIds.ts';
import type { AttachmentsService } from '../attachments/attachmentsService.ts';
import { createAttachmentsService } from '../attachments/createAttachmentsService.ts';
import { type Database, openDatabase } from '../database/openDatabase.ts';
import type { Emit } from '../emit.ts';
import { newId } from '../newId.ts';
import { englishReading, type OcrReading } from '../ocr/ocrReading.ts';
import type { Session } from '../sessions/openSession.ts';
import { type ChatStores, createChatStores } from './chatStores.ts';
import { openPrivateFolder } from './privateFolder.ts';
import type { HiddenAttachments } from './routedAttachments.ts';

/** Chats of this run that are in memory only: a database without a file, and files in memory where the system allows it. */
export interface PrivateChats {
  readonly database: Database;
  readonly stores: ChatStores;
  readonly attachments: HiddenAttachments;
  /** True for a content that a private chat holds. */
  holds(sha256: string): boolean;
  /** Erases a chat that was removed, and the files that were in no other. */
  erase(): Promise<void>;
  /** Erases everything. The files' service must be closed. */
  close(): void;
}

export function openPrivateChats(options: {
  readonly dataFolder: string;
  readonly session: Pick<Session, 'id' | 'alive'>;
  readonly reader: ReaderClient;
  readonly emit: Emit;
  readonly ocr?: OcrReading;
}): PrivateChats {
  const { dataFolder, session, reader, emit, ocr = englishReading } = options;
  const makeId = (): string => asPrivateId(newId());
  const database = openDatabase(':memory:');
  // What sorting or a large transaction would put into a file of its own.
  database.pragma('temp_store = MEMORY');
  const folder = openPrivateFolder(dataFolder, session.id, session.alive);
  const stores = createChatStores(database, session.id, makeId);
  let opening: Promise<AttachmentsService> | null = null;
  let opened: AttachmentsService | null = null;
  const open = async (): Promise<AttachmentsService> => {
    opening ??= createAttachmentsService({ database, dataFolder: folder.make(), reader, emit, ocr, makeId });
    opened = await opening;
    return opened;
  };
  return {
    database,
    stores,
    attachments: { open, opened: () => opened },
    holds: (sha256) => (opened?.list() ?? []).some((attachment) => attachment.sha256 === sha256),
    erase: async () => {
      stores.conversations.purge(Date.now() + 1);
      const service = opened;
      for (const { id } of service?.list() ?? []) {
        await service?.remove(id).catch((error: unknown) => {
          // Another private chat uses it.
          if (toErrorData(error).code !== 'busy') throw error;
        });
      }
    },
    close: () => {
      database.close();
      folder.remove();
    },
  };
}
