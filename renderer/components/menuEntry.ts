import type { ReactNode } from 'react';

export interface MenuAction {
  readonly kind: 'action';
  readonly label: string;
  /** A lucide icon of 16 px. */
  readonly icon?: ReactNode;
  /** Such as `Ctrl N`. */
  readonly shortcut?: string;
  readonly tone?: 'normal' | 'danger';
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

/** What stands in a menu. Menu and ContextMenu draw the same entries. */
export type MenuEntry = MenuAction | { readonly kind: 'label'; readonly text: string } | { readonly kind: 'separator' };
