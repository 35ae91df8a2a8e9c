import { Ellipsis, EyeOff } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { ConversationSummary } from '../../../electron/shared/conversations.ts';
import { isPrivateId } from '../../../electron/shared/privateIds.ts';
import { ContextMenu } from '../../components/ContextMenu.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Menu } from '../../components/Menu.tsx';
import { classNames } from '../../components/classNames.ts';
import { useFacet } from '../../state/useFacet.ts';
import styles from './ConversationRow.module.css';
import { RenameField } from './RenameField.tsx';
import { conversationMenu } from './conversationMenu.tsx';
import { conversationTitle } from './conversationTitle.ts';
import { useConversationActions } from './useConversationActions.ts';

export interface ConversationRowProps {
  readonly conversation: ConversationSummary;
  /** It is the one in the middle column. */
  readonly shown: boolean;
  /** The one line that the Tab key stops at; the others are reached by arrow keys. */
  readonly reachable: boolean;
}

/** One conversation of the list. Enter opens, F2 renames, Delete deletes with Undo; the same in its menu. */
export function ConversationRow({ conversation, shown, reachable }: ConversationRowProps) {
  const { chat } = useFacet();
  const actions = useConversationActions();
  const [renaming, setRenaming] = useState(false);
  const title = conversationTitle(conversation);

  if (renaming) {
    return (
      <RenameField
        title={title}
        onDone={(next) => {
          setRenaming(false);
          if (next !== null) void actions.rename(conversation.id, next);
        }}
      />
    );
  }
  const entries = conversationMenu({ conversation, actions, onRename: () => setRenaming(true) });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'F2') setRenaming(true);
    else if (event.key === 'Delete') void actions.remove(conversation);
  };
  return (
    <ContextMenu entries={entries}>
      <div className={classNames(styles['row'], shown && styles['shown'])}>
        <button
          type="button"
          data-conversation={conversation.id}
          className={styles['open']}
          tabIndex={reachable ? 0 : -1}
          aria-current={shown ? 'page' : undefined}
          title={title}
          onClick={() => void chat.open(conversation.id)}
          onKeyDown={onKeyDown}
        >
          {isPrivateId(conversation.id) && <EyeOff size={14} role="img" aria-label="Private" className={styles['private']} />}
          <bdi>{title}</bdi>
        </button>
        <div className={styles['more']}>
          <Menu
            align="end"
            entries={entries}
            trigger={
              <IconButton label={`More about “${title}”`} size="small" tabIndex={reachable ? 0 : -1}>
                <Ellipsis size={16} />
              </IconButton>
            }
          />
        </div>
      </div>
    </ContextMenu>
  );
}
