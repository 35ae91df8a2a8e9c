import { PanelLeft } from 'lucide-react';
import { IconButton } from '../components/IconButton.tsx';
import type { ShellSlots } from '../shellSlots.tsx';
import { useFacet } from '../state/useFacet.ts';
import styles from './Header.module.css';
import { shortcutLabel } from './shortcuts.ts';
import { useToggleSidebar } from './useToggleSidebar.ts';

interface HeaderProps {
  readonly slots: ShellSlots;
  readonly narrow: boolean;
  readonly sidebarShown: boolean;
}

export function Header({ slots, narrow, sidebarShown }: HeaderProps) {
  const toggleSidebar = useToggleSidebar(narrow);
  const { stores } = useFacet();
  return (
    <header className={styles['header']}>
      {slots.sidebar !== null && (
        <IconButton
          label={sidebarShown ? 'Hide chats' : 'Show chats'}
          shortcut={shortcutLabel('B', stores.app.getState().description?.platform)}
          aria-expanded={sidebarShown}
          onClick={toggleSidebar}
        >
          <PanelLeft size={16} aria-hidden="true" />
        </IconButton>
      )}
      <div className={styles['model']}>{slots.modelButton}</div>
      <div className={styles['middle']}>{slots.privacyPill}</div>
      <div className={styles['gauge']}>{slots.gauge}</div>
    </header>
  );
}
