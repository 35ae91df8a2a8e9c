import { DropdownMenu } from 'radix-ui';
import type { ReactElement } from 'react';
import styles from './Menu.module.css';
import { MenuActionContent } from './MenuActionContent.tsx';
import { classNames } from './classNames.ts';
import type { MenuEntry } from './menuEntry.ts';

export interface MenuProps {
  /** One focusable element that opens it. */
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
  readonly onOpenChange?: (open: boolean) => void;
}

/** A menu that opens from a button. */
export function Menu({ trigger, entries, align = 'start', onOpenChange }: MenuProps) {
  return (
    <DropdownMenu.Root {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles['content']} align={align} sideOffset={4} collisionPadding={8} loop>
          {entries.map(renderEntry)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function renderEntry(entry: MenuEntry, index: number): ReactElement {
  switch (entry.kind) {
    case 'separator':
      return <DropdownMenu.Separator key={index} className={styles['separator']} />;
    case 'label':
      return (
        <DropdownMenu.Label key={index} className={styles['heading']}>
          {entry.text}
        </DropdownMenu.Label>
      );
    case 'action':
      return (
        <DropdownMenu.Item
          key={entry.label}
          className={classNames(styles['item'], entry.tone === 'danger' && styles['danger'])}
          disabled={entry.disabled ?? false}
          onSelect={entry.onSelect}
        >
          <MenuActionContent action={entry} />
        </DropdownMenu.Item>
      );
  }
}
