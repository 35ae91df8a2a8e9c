import { FileName } from '../../components/FileName.tsx';
import { Ellipsis, FileText, FileX, Image, LoaderCircle, MessageSquare, MessageSquarePlus, SquarePen, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { IconButton } from '../../components/IconButton.tsx';
import { Menu } from '../../components/Menu.tsx';
import type { MenuEntry } from '../../components/menuEntry.ts';
import { useApp } from '../../state/useFacet.ts';
import { conversationTitle } from '../conversations/conversationTitle.ts';
import { excerptParts } from '../conversations/excerptParts.ts';
import styles from './LibraryDialog.module.css';
import type { LibraryEntry } from './libraryEntries.ts';
import { entryDetail, hitPlace } from './libraryWords.ts';
import type { LibraryActions } from './useLibraryActions.ts';

interface LibraryRowProps {
  readonly entry: LibraryEntry;
  /** The one row that the Tab key stops at; the others are reached by arrow keys. */
  readonly reachable: boolean;
  readonly actions: LibraryActions;
  readonly onDelete: () => void;
}

const icons = { reading: LoaderCircle, image: Image, document: FileText, failed: FileX } as const;
/** Chats that the menu names; more would hide what can be done. */
const mostChats = 5;

/** A file of the library. Enter looks at it, Delete deletes it; the rest is in its menu. */
export function LibraryRow({ entry, reachable, actions, onDelete }: LibraryRowProps) {
  const { attachment, uses, hit } = entry;
  const conversations = useApp(({ app }) => app?.conversations ?? null);
  const Icon = icons[attachment.state.kind];
  const usable = attachment.state.kind === 'image' || attachment.state.kind === 'document';
  const chats = uses.flatMap(({ conversationId }) => conversations?.filter(({ id }) => id === conversationId) ?? []);
  const entries: readonly MenuEntry[] = [
    ...(usable
      ? ([
          { kind: 'action', label: 'Ask about it here', icon: <MessageSquarePlus size={16} />, onSelect: () => actions.askHere(entry) },
          { kind: 'action', label: 'Ask in a new chat', icon: <SquarePen size={16} />, onSelect: () => actions.askInNewChat(entry) },
          { kind: 'separator' },
        ] as const)
      : []),
    ...(chats.length > 0 ? ([{ kind: 'label', text: 'Used in' }] as const) : []),
    ...chats.slice(0, mostChats).map((chat): MenuEntry => ({
      kind: 'action',
      label: conversationTitle(chat),
      icon: <MessageSquare size={16} />,
      onSelect: () => actions.openChat(chat.id),
    })),
    ...(chats.length > 0 ? ([{ kind: 'separator' }] as const) : []),
    { kind: 'action', label: 'Delete', icon: <Trash2 size={16} />, shortcut: 'Del', tone: 'danger', onSelect: onDelete },
  ];
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Delete') onDelete();
  };
  return (
    <div className={styles['row']}>
      <button
        type="button"
        data-entry
        className={styles['open']}
        tabIndex={reachable ? 0 : -1}
        aria-disabled={!usable}
        onClick={() => {
          if (usable) actions.look(entry);
        }}
        onKeyDown={press}
      >
        <Icon size={20} aria-hidden="true" className={styles['icon']} />
        <span className={styles['facts']}>
          <FileName name={attachment.name} className={styles['name']} />
          <span className={styles['detail']}>{entryDetail(entry)}</span>
          {hit !== null && (
            <span className={styles['hit']}>
              <span className={styles['place']}>{hitPlace(hit)}</span>{' '}
              <bdi>{excerptParts(hit).map((part, index) => (part.hit ? <mark key={index}>{part.text}</mark> : part.text))}</bdi>
            </span>
          )}
        </span>
      </button>
      <Menu
        align="end"
        entries={entries}
        trigger={
          <IconButton label={`More about “${attachment.name}”`} size="small" tabIndex={reachable ? 0 : -1}>
            <Ellipsis size={16} />
          </IconButton>
        }
      />
    </div>
  );
}
