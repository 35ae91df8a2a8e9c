import { facetError } from '../../shared/errors.ts';
import { isPrivateId } from '../../shared/privateIds.ts';
import type { AttachmentsService } from '../attachments/attachmentsService.ts';

/** Files of both kinds of chats; where a new one goes is said when it is added. */
export interface RoutedAttachments extends AttachmentsService {
  /** Adds to the private chats of this run. */
  readonly hidden: Pick<AttachmentsService, 'addFile'> & { readonly beginUpload: AttachmentsService['uploads']['begin'] };
}

/** Files of private chats; nothing is made for them before there is one. */
export interface HiddenAttachments {
  open(): Promise<AttachmentsService>;
  /** Null before the first file. */
  opened(): AttachmentsService | null;
}

export function routeAttachments(disk: AttachmentsService, hidden: HiddenAttachments): RoutedAttachments {
  const of = (id: string): AttachmentsService => {
    if (!isPrivateId(id)) return disk;
    const memory = hidden.opened();
    if (memory === null) throw facetError('notFound', { what: 'attachment', id });
    return memory;
  };
  /** Uploads to private chats that are going on. */
  const uploading = new Set<string>();
  const uploadsOf = (id: string): AttachmentsService['uploads'] => ((uploading.has(id) ? hidden.opened() : null) ?? disk).uploads;
  return {
    list: () => [...disk.list(), ...(hidden.opened()?.list() ?? [])],
    get: (id) => of(id).get(id),
    fileOf: (id) => of(id).fileOf(id),
    addFile: (source, options) => disk.addFile(source, options),
    readAgain: (id) => of(id).readAgain(id),
    lookAgain: async (ids) => {
      await disk.lookAgain(ids.filter((id) => !isPrivateId(id)));
      await hidden.opened()?.lookAgain(ids.filter((id) => isPrivateId(id)));
    },
    hidden: {
      addFile: async (source, options) => (await hidden.open()).addFile(source, options),
      beginUpload: async (name, bytes) => {
        const id = await (await hidden.open()).uploads.begin(name, bytes);
        uploading.add(id);
        return id;
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
    soFar: (id) => of(id).soFar(id),
    text: (id) => of(id).text(id),
    tables: (id) => of(id).tables(id),
    passwordOf: (id) => of(id).passwordOf(id),
    readPage: (id, ...rest) => of(id).readPage(id, ...rest),
    addPage: (id, ...rest) => of(id).addPage(id, ...rest),
    recognizeAgain: (id, ...rest) => of(id).recognizeAgain(id, ...rest),
    ink: (id) => of(id).ink(id),
    remove: (id) => of(id).remove(id),
    hide: (id) => of(id).hide(id),
    bringBack: (id) => of(id).bringBack(id),
    dropHidden: (agoMs) => [...disk.dropHidden(agoMs), ...(hidden.opened()?.dropHidden(agoMs) ?? [])],
    close: async () => {
      await Promise.all([disk.close(), hidden.opened()?.close()]);
    },
  };
}
