import { isPrivateId } from '../../shared/privateIds.ts';
import type { AttachmentsService } from '../attachments/createAttachmentsService.ts';

/** Files of both kinds of chats; where a new one goes is said when it is added. */
export interface RoutedAttachments extends AttachmentsService {
  /** Adds to the private chats of this run. */
  readonly hidden: Pick<AttachmentsService, 'addFile' | 'uploads'>;
}

export function routeAttachments(disk: AttachmentsService, memory: AttachmentsService): RoutedAttachments {
  const of = (id: string): AttachmentsService => (isPrivateId(id) ? memory : disk);
  /** Uploads to private chats that are going on. */
  const uploading = new Set<string>();
  const uploadsOf = (id: string): AttachmentsService['uploads'] => (uploading.has(id) ? memory : disk).uploads;
  return {
    list: () => [...disk.list(), ...memory.list()],
    get: (id) => of(id).get(id),
    fileOf: (id) => of(id).fileOf(id),
    addFile: (source, options) => disk.addFile(source, options),
    readAgain: (id) => of(id).readAgain(id),
    lookAgain: async (ids) => {
      await disk.lookAgain(ids.filter((id) => !isPrivateId(id)));
      await memory.lookAgain(ids.filter((id) => isPrivateId(id)));
    },
    hidden: {
      addFile: (source, options) => memory.addFile(source, options),
      uploads: {
        ...memory.uploads,
        begin: async (name, bytes) => {
          const id = await memory.uploads.begin(name, bytes);
          uploading.add(id);
          return id;
        },
      },
    },
    uploads: {
      begin: (name, bytes) => disk.uploads.begin(name, bytes),
      append: (id, base64) => uploadsOf(id).append(id, base64),
      abort: (id) => uploadsOf(id).abort(id),
      finish: (id) => uploadsOf(id).finish(id),
    },
    read: (id, password) => of(id).read(id, password),
    settled: (id) => of(id).settled(id),
    text: (id) => of(id).text(id),
    tables: (id) => of(id).tables(id),
    passwordOf: (id) => of(id).passwordOf(id),
    ink: (id) => of(id).ink(id),
    remove: (id) => of(id).remove(id),
    hide: (id) => of(id).hide(id),
    bringBack: (id) => of(id).bringBack(id),
    dropHidden: (agoMs) => [...disk.dropHidden(agoMs), ...memory.dropHidden(agoMs)],
    close: async () => {
      await Promise.all([disk.close(), memory.close()]);
    },
  };
}
