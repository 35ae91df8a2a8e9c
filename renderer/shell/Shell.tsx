import { useEffect } from 'react';
import type { ShellSlots } from '../shellSlots.tsx';
import { useApp, useConversation, useFacet, useView } from '../state/useFacet.ts';
import { ChatColumn } from '../features/chat/ChatColumn.tsx';
import { DropTarget } from '../features/composer/DropTarget.tsx';
import { ToastRegion } from '../components/ToastRegion.tsx';
import { needsModel } from '../features/models/needsModel.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { EvidencePanel } from './EvidencePanel.tsx';
import { Header } from './Header.tsx';
import styles from './Shell.module.css';
import { keepFocus } from './keepFocus.ts';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { useNarrow } from './useNarrow.ts';
import { useShortcuts } from './useShortcuts.ts';

/** The window: conversations, conversation, evidence. */
export function Shell({ slots }: { readonly slots: ShellSlots }) {
  const { view, notices } = useFacet();
  const narrow = useNarrow();
  const sidebarWanted = useApp(({ app }) => app?.settings.sidebarOpen ?? true);
  const modelNeeded = useApp(({ app }) => app !== null && needsModel(app));
  // A stored conversation stays readable without a model.
  const firstRun = useConversation(({ kind }) => kind === 'new') && modelNeeded;
  const sidebarOverlay = useView((slice) => slice.sidebarOverlay);
  useShortcuts(narrow);
  useEffect(() => keepFocus(document), []);

  const sidebarShown = slots.sidebar !== null && (narrow ? sidebarOverlay : sidebarWanted);
  return (
    <div className={styles['shell']}>
      {narrow && sidebarShown && <div className={styles['scrim']} onClick={() => view.showSidebarOverlay(false)} aria-hidden="true" />}
      {sidebarShown && (
        <aside className={narrow ? styles['sidebarOverlay'] : styles['sidebar']} aria-label="Chats" data-column tabIndex={-1}>
          {slots.sidebar}
        </aside>
      )}
      <main className={styles['main']} aria-label="Chat" data-column tabIndex={-1}>
        <Header slots={slots} narrow={narrow} sidebarShown={sidebarShown} />
        <ConnectionBanner />
        {firstRun && slots.firstRun !== null ? slots.firstRun : <ChatColumn />}
      </main>
      <EvidencePanel narrow={narrow} />
      <DropTarget />
      <ShortcutsDialog />
      {slots.overlays}
      <ToastRegion queue={notices} />
    </div>
  );
}
