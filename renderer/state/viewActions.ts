import type { ToastAction, ToastQueue } from '../components/toastQueue.ts';
import type { Stores } from './stores.ts';
import type { DroppedModel, Evidence, Leaving, Overlay, Switching } from './viewStore.ts';

/** Changes of what is shown; nothing here reaches the host. */
export interface ViewActions {
  show(overlay: Overlay): void;
  toggle(overlay: Overlay): void;
  openEvidence(evidence: Evidence): void;
  closeEvidence(): void;
  /** Shows the last thing looked at again, or closes the panel. */
  toggleEvidence(): void;
  resizeEvidence(width: number): void;
  showSidebarOverlay(shown: boolean): void;
  edit(messageId: string | null): void;
  /** Scrolls the conversation shown to a message; null when that is done. */
  reveal(messageId: string | null): void;
  /** Asks whether a chat may be sent to a server; null when that is decided. */
  askToLeave(leaving: Leaving | null): void;
  /** Asks whether to go on with another model; null when that is decided. */
  askToSwitch(switching: Switching | null): void;
  /** Opens the import of a model file; of the one that was dropped, or asks for it. */
  importModel(dropped?: DroppedModel): void;
  /** Opens the library on what these words find. */
  searchLibrary(query: string): void;
  /** For things that need no decision. */
  notify(text: string, action?: ToastAction): void;
}

export const evidenceWidthRange = { least: 280, most: 720 };

const widthKey = 'facet.evidenceWidth';

interface ViewActionsOptions {
  readonly stores: Stores;
  readonly storage: Storage;
  readonly notices: ToastQueue;
}

export function createViewActions({ stores, storage, notices }: ViewActionsOptions): ViewActions {
  const { view } = stores;
  let lastEvidence: Evidence = { kind: 'closed' };

  const clampWidth = (width: number): number => Math.min(evidenceWidthRange.most, Math.max(evidenceWidthRange.least, Math.round(width)));
  const storedWidth = Number(storage.getItem(widthKey));
  if (storedWidth > 0) view.setState({ evidenceWidth: clampWidth(storedWidth) });

  const openEvidence = (evidence: Evidence): void => {
    if (evidence.kind !== 'closed') lastEvidence = evidence;
    view.setState({ evidence });
  };
  return {
    show: (overlay) => view.setState({ overlay, libraryQuery: '' }),
    toggle: (overlay) => view.setState((slice) => ({ overlay: slice.overlay === overlay ? 'none' : overlay })),
    openEvidence,
    closeEvidence: () => view.setState({ evidence: { kind: 'closed' } }),
    toggleEvidence: () => openEvidence(view.getState().evidence.kind === 'closed' ? lastEvidence : { kind: 'closed' }),
    resizeEvidence(width) {
      const evidenceWidth = clampWidth(width);
      storage.setItem(widthKey, String(evidenceWidth));
      view.setState({ evidenceWidth });
    },
    showSidebarOverlay: (sidebarOverlay) => view.setState({ sidebarOverlay }),
    reveal: (revealMessageId) => view.setState({ revealMessageId }),
    edit: (editingMessageId) => view.setState({ editingMessageId }),
    askToLeave: (leaving) => view.setState({ leaving }),
    importModel: (droppedModel) => view.setState({ overlay: 'import', droppedModel: droppedModel ?? null }),
    askToSwitch: (switching) => view.setState({ switching }),
    searchLibrary: (libraryQuery) => view.setState({ overlay: 'library', libraryQuery }),
    notify: (text, action) => notices.show(action === undefined ? { text } : { text, action }),
  };
}
