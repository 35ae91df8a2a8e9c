import type { CitationSource } from '../../electron/shared/citations.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** What lies over the three columns; one at a time. */
export type Overlay = 'none' | 'models' | 'picker' | 'import' | 'settings' | 'search' | 'library' | 'shortcuts';

/** The right column. Opens only by a click of the user. */
export type Evidence =
  | { readonly kind: 'closed' }
  /**
   * `messageId`: the answer whose receipt gives the views, or the question that the picture came with; null for a picture not yet asked about.
   * `imageIndex`: which of the receipt's pictures; without it the last use of this one.
   */
  | { readonly kind: 'picture'; readonly attachmentId: string; readonly messageId: string | null; readonly imageIndex?: number }
  /** `cited`: the quotation to show on the page. */
  | { readonly kind: 'document'; readonly attachmentId: string; readonly page: number; readonly cited?: CitationSource };

/** What waits for the user's word that a chat may be sent to a server. */
export interface Leaving {
  readonly conversationId: string;
  readonly modelId: string;
  readonly host: string;
  /** Does again what was refused. */
  readonly goOn: () => void;
  /** The user said no. */
  readonly stay: () => void;
}

/** Model files to be added, as they were dropped; paths are empty where the browser does not tell them. */
export interface DroppedModel {
  readonly name: string;
  readonly path: string;
  readonly projectorPath: string;
}

/** A model that waits for the user's word, since the chat will not be with it what it is. */
export interface Switching {
  readonly modelId: string;
  readonly name: string;
  /** What changes, one sentence each; never empty. */
  readonly notes: readonly string[];
}

export interface ViewSlice {
  readonly overlay: Overlay;
  readonly evidence: Evidence;
  /** The sidebar as an overlay on narrow windows; on wide ones `settings.sidebarOpen` decides. */
  readonly sidebarOverlay: boolean;
  /** Width of the evidence column in pixels. */
  readonly evidenceWidth: number;
  /** The question being edited in place. */
  readonly editingMessageId: string | null;
  /** The message to scroll to, until the list has done it. */
  readonly revealMessageId: string | null;
  readonly leaving: Leaving | null;
  readonly switching: Switching | null;
  /** What the import begins with; null when it asks for the file. */
  readonly droppedModel: DroppedModel | null;
  /** What the library is opened with in its field. */
  readonly libraryQuery: string;
}

export type ViewStore = StoreApi<ViewSlice>;

export function createViewStore(): ViewStore {
  return createStore<ViewSlice>(() => ({
    overlay: 'none',
    evidence: { kind: 'closed' },
    sidebarOverlay: false,
    evidenceWidth: 380,
    editingMessageId: null,
    revealMessageId: null,
    leaving: null,
    switching: null,
    droppedModel: null,
    libraryQuery: '',
  }));
}
