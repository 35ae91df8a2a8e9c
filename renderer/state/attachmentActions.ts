import type { Attachment, PageWish, PanScanMode, Rect } from '../../electron/shared/attachments.ts';
import { facetError, toErrorData } from '../../electron/shared/errors.ts';
import { isPrivateId } from '../../electron/shared/privateIds.ts';
import type { FacetClient } from '../client/facetClient.ts';
import { conversationId } from './conversationStore.ts';
import { changeDraft, type DraftAttachment, type DraftFolder, newChatKey } from './draftStore.ts';
import { createLine } from './line.ts';
import { sentence } from './sentence.ts';
import type { Stores } from './stores.ts';
import { uploadFile } from './uploadFile.ts';

/** The host takes 32 at once from all its windows; more than a few are no quicker. */
const uploadsAtOnce = 4;

/** Files of the message being written. */
export interface AttachmentActions {
  /** Adds files to the draft shown; each appears at once and fills in as it is stored and read. */
  addFiles(files: readonly File[]): void;
  /** Adds the files of a folder as one: those that cannot be read are listed with it, and keep nothing from being sent. */
  addFolder(name: string, files: readonly File[]): void;
  /** Puts a file that is stored already into the draft shown; nothing happens when it is in it. */
  use(attachmentId: string): void;
  /** Takes it off the draft and stops its upload. What is stored stays: other messages may use it. */
  remove(localId: string): void;
  /** Takes off all files of a folder and stops what is not stored yet. */
  removeFolder(folderId: string): void;
  setPanScan(localId: string, mode: PanScanMode): void;
  /** Has the model look at these parts of a picture, in pixels of the upright one. */
  setRegions(localId: string, regions: readonly Rect[]): void;
  /** Adds the file that an attachment came from, as it is now, to the draft shown. */
  readAgain(attachmentId: string): Promise<void>;
  /** Has a page of a PDF read another way, for good. */
  readPage(attachmentId: string, page: number, by: PageWish): Promise<void>;
  /** Has a document's scanned pages read in the languages chosen now, for good. */
  recognizeAgain(attachmentId: string): Promise<void>;
  /** Adds the picture of a page to the draft shown. */
  addPage(attachmentId: string, page: number): Promise<void>;
  /** Tries to read it again, for example with a password. */
  read(attachmentId: string, password?: string): Promise<Attachment>;
}

interface AttachmentActionsOptions {
  readonly client: FacetClient;
  readonly stores: Stores;
  readonly pathOf: (file: File) => string;
  readonly notify: (text: string) => void;
}

export function createAttachmentActions({ client, stores, pathOf, notify }: AttachmentActionsOptions): AttachmentActions {
  const uploads = new Map<string, AbortController>();
  const inLine = createLine(uploadsAtOnce);
  let count = 0;

  const draftKey = (): string => conversationId(stores.conversation.getState().current) ?? newChatKey;
  /** The draft may have moved from `new` to its conversation meanwhile: the item is looked for, not remembered. */
  const replace = (localId: string, change: (item: DraftAttachment) => DraftAttachment | null): void => {
    const { drafts } = stores.drafts.getState();
    const key = Object.keys(drafts).find((candidate) => drafts[candidate]?.attachments.some((item) => item.localId === localId));
    if (key === undefined) return;
    changeDraft(stores.drafts, key, (draft) => ({
      ...draft,
      attachments: draft.attachments.flatMap((item) => (item.localId === localId ? (change(item) ?? []) : item)),
    }));
  };
  const store = (file: File, localId: string, isPrivate: boolean, signal: AbortSignal): Promise<Attachment> => {
    const pathsAllowed = stores.app.getState().description?.pathsAllowed ?? false;
    const path = pathsAllowed ? pathOf(file) : '';
    if (path !== '') return client.request('attachment.addFile', { path, private: isPrivate }, signal);
    return uploadFile(client, file, { isPrivate, signal }, (sentBytes) => {
      replace(localId, (item) => (item.kind === 'uploading' ? { ...item, sentBytes } : item));
    });
  };
  const newItem = (): string => `${Date.now().toString(36)}-${(count += 1).toString(36)}`;
  const stored = (localId: string, attachmentId: string, inFolder: { readonly folder?: DraftFolder } = {}): DraftAttachment => {
    const panScan = stores.app.getState().app?.settings.panScan ?? 'auto';
    return { ...inFolder, kind: 'stored', localId, use: { attachmentId, panScan, regions: [] } };
  };
  const add = async (file: File, folder?: DraftFolder): Promise<void> => {
    const inFolder = folder === undefined ? {} : { folder };
    const localId = newItem();
    const controller = new AbortController();
    uploads.set(localId, controller);
    const key = draftKey();
    changeDraft(stores.drafts, key, (draft) => ({
      ...draft,
      attachments: [...draft.attachments, { ...inFolder, kind: 'uploading', localId, name: file.name, bytes: file.size, sentBytes: 0 }],
    }));
    try {
      const attachment = await inLine(() => {
        controller.signal.throwIfAborted();
        return store(file, localId, isPrivateId(key), controller.signal);
      });
      replace(localId, () => stored(localId, attachment.id, inFolder));
    } catch (error) {
      replace(localId, () => ({ ...inFolder, kind: 'failed', localId, name: file.name, error: toErrorData(error) }));
    } finally {
      uploads.delete(localId);
    }
  };
  const takeOff = (localId: string): void => {
    uploads.get(localId)?.abort();
    replace(localId, () => null);
  };
  const addToDraft = async (make: () => Promise<Attachment>): Promise<void> => {
    const key = draftKey();
    try {
      const item = stored(newItem(), (await make()).id);
      changeDraft(stores.drafts, key, (draft) => ({ ...draft, attachments: [...draft.attachments, item] }));
    } catch (error) {
      notify(sentence(toErrorData(error)));
    }
  };
  return {
    addFiles(files) {
      for (const file of files) void add(file);
    },
    use(attachmentId) {
      changeDraft(stores.drafts, draftKey(), (draft) =>
        draft.attachments.some((item) => item.kind === 'stored' && item.use.attachmentId === attachmentId)
          ? draft
          : { ...draft, attachments: [...draft.attachments, stored(newItem(), attachmentId)] },
      );
    },
    addFolder(name, files) {
      const folder: DraftFolder = { id: newItem(), name };
      for (const file of files) void add(file, folder);
    },
    removeFolder(folderId) {
      const items = Object.values(stores.drafts.getState().drafts).flatMap(({ attachments }) => attachments);
      for (const item of items) if (item.folder?.id === folderId) takeOff(item.localId);
    },
    remove: takeOff,
    setPanScan(localId, panScan) {
      replace(localId, (item) => (item.kind === 'stored' ? { ...item, use: { ...item.use, panScan } } : item));
    },
    setRegions(localId, regions) {
      replace(localId, (item) => (item.kind === 'stored' ? { ...item, use: { ...item.use, panScan: 'region', regions } } : item));
    },
    readAgain: (id) => addToDraft(() => client.request('attachment.readAgain', { id })),
    addPage: (id, page) => addToDraft(() => client.request('attachment.addPage', { id, page })),
    async recognizeAgain(id) {
      try {
        await client.request('attachment.recognizeAgain', { id });
      } catch (error) {
        notify(sentence(toErrorData(error)));
      }
    },
    async readPage(id, page, by) {
      try {
        await client.request('attachment.readPage', { id, page, by });
      } catch (error) {
        notify(sentence(toErrorData(error)));
      }
    },
    read(id, password) {
      if (password === '') return Promise.reject(facetError('invalidRequest', { field: 'password', reason: 'it is empty' }));
      return client.request('attachment.read', password === undefined ? { id } : { id, password });
    },
  };
}
