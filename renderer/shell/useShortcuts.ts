import { useEffect } from 'react';
import { useFacet } from '../state/useFacet.ts';
import { moveBetweenColumns } from './moveBetweenColumns.ts';
import { useToggleSidebar } from './useToggleSidebar.ts';
import { focusComposer } from '../state/focusComposer.ts';

/** The keyboard map of the whole window. Keys that a field or an open menu has used do not get here. */
export function useShortcuts(narrow: boolean): void {
  const facet = useFacet();
  const toggleSidebar = useToggleSidebar(narrow);
  useEffect(() => {
    const { chat, stores, view } = facet;
    const commands: Readonly<Record<string, () => void>> = {
      n: () => {
        chat.startNew();
        focusComposer();
      },
      k: () => view.toggle('search'),
      o: () => document.querySelector<HTMLElement>('[data-attach]')?.click(),
      m: () => view.toggle('models'),
      b: toggleSidebar,
      e: () => view.toggleEvidence(),
      ',': () => view.toggle('settings'),
    };
    const escape = (): void => {
      const { current } = stores.conversation.getState();
      const { evidence, sidebarOverlay, overlay } = stores.view.getState();
      // An open dialog closes itself.
      if (overlay !== 'none') return;
      if (current.kind === 'open' && current.writing !== null) void chat.stop();
      else if (sidebarOverlay) view.showSidebarOverlay(false);
      else if (evidence.kind !== 'closed') view.closeEvidence();
    };
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey && event.key.toLowerCase() === 'n') {
        event.preventDefault();
        void chat.startPrivate().then(focusComposer);
        return;
      }
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey ? commands[event.key.toLowerCase()] : undefined;
      if (command !== undefined) {
        event.preventDefault();
        command();
      } else if (event.key === 'Escape') escape();
      else if (event.key === 'F6') {
        event.preventDefault();
        moveBetweenColumns(event.shiftKey ? -1 : 1);
      } else if (event.key === '?' && !isField(event.target)) view.show('shortcuts');
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [facet, toggleSidebar]);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
