import type { AppState } from '../../../electron/shared/appState.ts';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import { errorText } from '../../../electron/shared/errorText.ts';
import type { DraftAttachment, DraftFolder } from '../../state/draftStore.ts';
import type { AttachmentFact } from './attachmentFact.ts';

/** What stands as one card: a file, or a folder with all its files. */
export type DraftGroup =
  | { readonly kind: 'file'; readonly item: DraftAttachment }
  | { readonly kind: 'folder'; readonly folder: DraftFolder; readonly items: readonly DraftAttachment[] };

/** The cards of a draft, each folder where its first file stands. */
export function draftGroups(items: readonly DraftAttachment[]): readonly DraftGroup[] {
  const groups: DraftGroup[] = [];
  const seen = new Set<string>();
  for (const item of items) {
    const { folder } = item;
    if (folder === undefined) groups.push({ kind: 'file', item });
    else if (!seen.has(folder.id)) {
      seen.add(folder.id);
      groups.push({ kind: 'folder', folder, items: items.filter((other) => other.folder?.id === folder.id) });
    }
  }
  return groups;
}

/** How one file of a folder stands. */
export interface FolderLine {
  readonly localId: string;
  readonly name: string;
  readonly state: 'waiting' | 'read' | 'notRead';
  /** Why it was not read; else empty. */
  readonly why: string;
}

/** Every file of a folder, those that were not read first. */
export function folderLines(items: readonly DraftAttachment[], attachments: AppState['attachments']): readonly FolderLine[] {
  const lines = items.map((item): FolderLine => {
    switch (item.kind) {
      case 'uploading':
        return { localId: item.localId, name: item.name, state: 'waiting', why: '' };
      case 'failed':
        return { localId: item.localId, name: item.name, state: 'notRead', why: errorText(item.error).what };
      case 'stored': {
        const attachment = attachments.find(({ id }) => id === item.use.attachmentId);
        const name = attachment?.name ?? 'File';
        if (attachment === undefined) return { localId: item.localId, name, state: 'notRead', why: 'It was deleted.' };
        const { state } = attachment;
        if (state.kind === 'failed') return { localId: item.localId, name, state: 'notRead', why: errorText(state.error).what };
        return { localId: item.localId, name, state: state.kind === 'reading' ? 'waiting' : 'read', why: '' };
      }
      default:
        return assertNever(item, 'draft attachment');
    }
  });
  return [...lines.filter(({ state }) => state === 'notRead'), ...lines.filter(({ state }) => state !== 'notRead')];
}

/** The one thing to know about a folder: how far it is read, and whether anything could not be. */
export function folderFact(lines: readonly FolderLine[]): AttachmentFact {
  const count = (state: FolderLine['state']): number => lines.filter((line) => line.state === state).length;
  const [waiting, read, notRead] = [count('waiting'), count('read'), count('notRead')];
  const total = lines.length;
  if (waiting > 0) return { tone: 'working', text: `${read} of ${total} read`, fraction: (read + notRead) / total };
  if (read === 0)
    return { tone: 'failed', text: total === 1 ? 'Its file was not read' : `None of its ${total} files was read`, fraction: null };
  if (notRead > 0) return { tone: 'caution', text: `${read} of ${total} files read`, fraction: null };
  return { tone: 'plain', text: total === 1 ? '1 file, read' : `${total} files, all read`, fraction: null };
}
