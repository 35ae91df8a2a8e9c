import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppState } from '../../electron/shared/appState.ts';
import type { AttachmentUse } from '../../electron/shared/conversations.ts';
import type { AskMode } from '../../electron/shared/asking.ts';
import type { ErrorData } from '../../electron/shared/errors.ts';
import { isPrivateId } from '../../electron/shared/privateIds.ts';

/** The folder that a file was added with. */
export interface DraftFolder {
  /** The renderer's own: one folder may be added twice. */
  readonly id: string;
  readonly name: string;
}

/** A file on its way into the next message. `localId` is the renderer's own. */
export type DraftAttachment = { readonly folder?: DraftFolder } & DraftFile;

type DraftFile =
  | { readonly kind: 'uploading'; readonly localId: string; readonly name: string; readonly bytes: number; readonly sentBytes: number }
  | { readonly kind: 'stored'; readonly localId: string; readonly use: AttachmentUse }
  | { readonly kind: 'failed'; readonly localId: string; readonly name: string; readonly error: ErrorData };

export interface Draft {
  readonly text: string;
  readonly attachments: readonly DraftAttachment[];
  /** How documents are to be read for this question. */
  readonly mode: AskMode;
  /** Whether documents that are still being read are asked about as far as they are, without waiting for the rest. */
  readonly soFar: boolean;
}

/** Unsent words and files by conversation id; `new` is the chat that does not exist yet. */
export interface DraftSlice {
  readonly drafts: Readonly<Record<string, Draft>>;
}

export type DraftStore = StoreApi<DraftSlice>;

export const emptyDraft: Draft = { text: '', attachments: [], mode: 'auto', soFar: false };
export const newChatKey = 'new';

const storageKey = 'facet.drafts';

/** Drafts survive a reload of the page: text and stored attachments are kept in `storage`. */
export function createDraftStore(storage: Storage): DraftStore {
  const store = createStore<DraftSlice>(() => ({ drafts: readDrafts(storage) }));
  store.subscribe((slice) => storage.setItem(storageKey, JSON.stringify(keepable(slice.drafts))));
  return store;
}

export function draftOf(slice: DraftSlice, key: string): Draft {
  return slice.drafts[key] ?? emptyDraft;
}

export function changeDraft(store: DraftStore, key: string, change: (draft: Draft) => Draft): void {
  store.setState((slice) => ({ drafts: { ...slice.drafts, [key]: change(draftOf(slice, key)) } }));
}

/** Whether it is known that a file cannot be asked about. */
export function isUnread(item: DraftAttachment, app: Pick<AppState, 'attachments'>): boolean {
  if (item.kind !== 'stored') return item.kind === 'failed';
  const attachment = app.attachments.find(({ id }) => id === item.use.attachmentId);
  return attachment === undefined || attachment.state.kind === 'failed';
}

function keepable(drafts: DraftSlice['drafts']): DraftSlice['drafts'] {
  const kept = Object.entries(drafts)
    // The page's storage is on disk.
    .filter(([key]) => !isPrivateId(key))
    .map(([key, draft]) => [key, { ...draft, attachments: draft.attachments.filter((item) => item.kind === 'stored') }] as const)
    .filter(([, draft]) => draft.text !== '' || draft.attachments.length > 0);
  return Object.fromEntries(kept);
}

function readDrafts(storage: Storage): DraftSlice['drafts'] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    // Drafts of earlier versions lack fields.
    return Object.fromEntries(Object.entries(stored as DraftSlice['drafts']).map(([key, draft]) => [key, { ...emptyDraft, ...draft }]));
  } catch {
    // An unreadable draft file must not keep the app from starting.
    return {};
  }
}
