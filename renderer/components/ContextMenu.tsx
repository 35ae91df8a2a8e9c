import { ContextMenu as Primitive } from 'radix-ui';
import type { ReactElement } from 'react';
import styles from './Menu.module.css';
import { MenuActionContent } from './MenuActionContent.tsx';
import { classNames } from './classNames.ts';
import type { MenuEntry } from './menuEntry.ts';

export interface ContextMenuProps {
  readonly entries: readonly MenuEntry[];
  /** One element; a right click, a long press or Shift+F10 on it opens the menu. */
  readonly children: ReactElement;
}

/** A menu on the right click. Everything in it must be reachable another way too. */
export function ContextMenu({ entries, children }: ContextMenuProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles['content']} collisionPadding={8} loop>
          {entries.map(renderEntry)}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function renderEntry(entry: MenuEntry, index: number): ReactElement {
  switch (entry.kind) {
    case 'separator':
      return <Primitive.Separator key={index} className={styles['separator']} />;
    case 'label':
      return (
        <Primitive.Label key={index} className={styles['heading']}>
          {entry.text}
        </Primitive.Label>
      );
    case 'action':
      return (
        <Primitive.Item
          key={entry.label}
          className={classNames(styles['item'], entry.tone === 'danger' && styles['danger'])}
          disabled={entry.disabled ?? false}
          onSelect={entry.onSelect}
        >
          <MenuActionContent action={entry} />
        </Primitive.Item>
      );
  }
}
