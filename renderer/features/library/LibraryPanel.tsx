import { FileStack } from 'lucide-react';
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { errorText } from '../../../electron/shared/errorText.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { useFacet, useView } from '../../state/useFacet.ts';
import { SearchInput } from '../../components/SearchInput.tsx';
import { useUndoNote } from '../../state/useUndoNote.tsx';
import styles from './LibraryDialog.module.css';
import type { LibraryEntry } from './libraryEntries.ts';
import { LibraryRow } from './LibraryRow.tsx';
import { deleteWords } from './libraryWords.ts';
import { useLibrary } from './useLibrary.ts';
import { useLibraryActions } from './useLibraryActions.ts';

/** A field and the files. Arrow keys go from the field into the list and along it. */
export function LibraryPanel() {
  const { view } = useFacet();
  const [typed, setTyped] = useState(useView(({ libraryQuery }) => libraryQuery));
  const { offer, note } = useUndoNote();
  const [asked, setAsked] = useState<LibraryEntry | null>(null);
  const { entries, total, error } = useLibrary(typed);
  const actions = useLibraryActions(useCallback(() => view.show('none'), [view]));
  const panel = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);

  const move = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [...(panel.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
    const at = stops.findIndex((stop) => stop === event.target);
    if (at < 0 && event.target !== field.current) return;
    event.preventDefault();
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    if (next < 0) field.current?.focus();
    else stops[next]?.focus();
  };
  const failure = error === null ? null : errorText(error);
  return (
    <div ref={panel} className={styles['panel']} onKeyDown={move}>
      {total > 0 && (
        <SearchInput
          ref={field}
          aria-label="Names and words to find"
          placeholder="Names, or words on a page"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {note}
      {failure !== null && <ErrorCard what={failure.what} doNext={failure.doNext} />}
      {total > 0 && (
        <p className={styles['heading']} role="status">
          {headingWords(typed.trim(), entries, total)}
        </p>
      )}
      {total === 0 && entries !== null && (
        <EmptyState icon={<FileStack size={20} />} title="Nothing here yet">
          Files that you attach to a message are kept here, and can be asked about again without being read again.
        </EmptyState>
      )}
      {total > 0 && entries?.length === 0 && (
        <EmptyState title={`Nothing has “${typed.trim()}” in its name or text.`}>
          All the words must stand on one page, in any order. Text inside pictures is not searched.
        </EmptyState>
      )}
      <ul className={styles['list']} aria-label="Files">
        {entries?.map((entry, index) => (
          <li key={entry.attachment.sha256}>
            <LibraryRow entry={entry} reachable={index === 0} actions={actions} onDelete={() => setAsked(entry)} />
          </li>
        ))}
      </ul>
      {asked !== null && (
        <ConfirmDialog
          open
          onOpenChange={(open) => {
            if (!open) setAsked(null);
          }}
          title={`Delete “${asked.attachment.name}”?`}
          body={deleteWords(asked.uses.length)}
          confirmLabel="Delete"
          tone="danger"
          onConfirm={() => {
            void actions.remove(asked, offer);
          }}
        />
      )}
    </div>
  );
}

function headingWords(query: string, entries: readonly LibraryEntry[] | null, total: number): string {
  if (entries === null) return 'Searching';
  const count = query === '' ? total : entries.length;
  const files = count === 1 ? '1 file' : `${count} files`;
  return query === '' ? files : `${files} of ${total}`;
}
