import type { ReactNode } from 'react';

/**
 * What the other features put into the shell. Each is one element; the shell only gives it a place.
 * `startFacet.tsx` renders the shell with the slots of this file.
 */
export interface ShellSlots {
  /** Left column, and the same as an overlay on narrow windows. */
  readonly sidebar: ReactNode;
  /** Header, from left to right. */
  readonly modelButton: ReactNode;
  readonly privacyPill: ReactNode;
  readonly gauge: ReactNode;
  /** Instead of the conversation while the settings name no model. */
  readonly firstRun: ReactNode;
  /** Dialogs: each reads `useView((view) => view.overlay)` and shows itself for its own name. */
  readonly overlays: ReactNode;
}

export const shellSlots: ShellSlots = { sidebar: null, modelButton: null, privacyPill: null, gauge: null, firstRun: null, overlays: null };
