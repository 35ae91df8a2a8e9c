import { EyeOff, FileStack, Search, Settings, SquarePen } from 'lucide-react';
import { isPrivateId } from '../../../electron/shared/privateIds.ts';
import { Kbd } from '../../components/Kbd.tsx';
import { shortcutLabel } from '../../shell/shortcuts.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { ConversationList } from './ConversationList.tsx';
import styles from './ConversationSidebar.module.css';
import { SidebarButton } from './SidebarButton.tsx';

/** The left column: begin, find and open conversations; documents and settings at its foot. */
export function ConversationSidebar() {
  const { chat, view } = useFacet();
  const platform = useApp(({ description }) => description?.platform);
  const count = useApp(({ app }) => new Set(app?.attachments.flatMap(({ id, sha256 }) => (isPrivateId(id) ? [] : [sha256]))).size);
  return (
    <div className={styles['sidebar']}>
      <div className={styles['top']}>
        <SidebarButton icon={<SquarePen size={16} />} end={<Kbd keys={shortcutLabel('N', platform)} />} onClick={() => chat.startNew()}>
          New chat
        </SidebarButton>
        <SidebarButton
          icon={<EyeOff size={16} />}
          end={<Kbd keys={shortcutLabel('Shift N', platform)} />}
          onClick={() => void chat.startPrivate()}
        >
          New private chat
        </SidebarButton>
        <SidebarButton icon={<Search size={16} />} end={<Kbd keys={shortcutLabel('K', platform)} />} onClick={() => view.show('search')}>
          Search
        </SidebarButton>
      </div>
      <nav className={styles['list']} aria-label="Chats">
        <ConversationList />
      </nav>
      <div className={styles['foot']}>
        <SidebarButton
          icon={<FileStack size={16} />}
          end={count > 0 ? <span className={styles['count']}>{count}</span> : null}
          onClick={() => view.show('library')}
        >
          Documents
        </SidebarButton>
        <SidebarButton icon={<Settings size={16} />} end={null} onClick={() => view.show('settings')}>
          Settings
        </SidebarButton>
      </div>
    </div>
  );
}
