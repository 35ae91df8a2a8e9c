import type { ReactNode } from 'react';
import { ContextGauge } from './features/context/ContextGauge.tsx';
import { ConversationSidebar } from './features/conversations/ConversationSidebar.tsx';
import { SearchDialog } from './features/conversations/SearchDialog.tsx';
import { FirstRun } from './features/firstRun/FirstRun.tsx';
import { LibraryDialog } from './features/library/LibraryDialog.tsx';
import { ImportModelDialog } from './features/models/ImportModelDialog.tsx';
import { ModelButton } from './features/models/ModelButton.tsx';
import { ModelPicker } from './features/models/ModelPicker.tsx';
import { SwitchDialog } from './features/models/SwitchDialog.tsx';
import { PrivacyPill } from './features/privacy/PrivacyPill.tsx';
import { AllowServerDialog } from './features/servers/AllowServerDialog.tsx';
import { SettingsDialog } from './features/settings/SettingsDialog.tsx';

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
  /** Instead of a new conversation while there is no model that could answer. */
  readonly firstRun: ReactNode;
  /** Dialogs: each reads `useView((view) => view.overlay)` and shows itself for its own name. */
  readonly overlays: ReactNode;
}

export const shellSlots: ShellSlots = {
  sidebar: <ConversationSidebar />,
  modelButton: <ModelButton />,
  privacyPill: <PrivacyPill />,
  gauge: <ContextGauge />,
  firstRun: <FirstRun />,
  overlays: (
    <>
      <SearchDialog />
      <LibraryDialog />
      <ModelPicker />
      <ImportModelDialog />
      <SwitchDialog />
      <SettingsDialog />
      <AllowServerDialog />
    </>
  ),
};
