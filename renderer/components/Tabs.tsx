import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';
import { classNames } from './classNames.ts';

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** A lucide icon of 16 px. */
  readonly icon?: ReactNode;
  readonly content: ReactNode;
}

export interface TabsProps {
  /** What the tabs choose, for screen readers. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onValueChange: (id: string) => void;
  /** `side`: in a column beside their panel, and in a row above it where there is no room. `top`: always in a row above it. */
  readonly placement?: 'side' | 'top';
}

/** Tabs with their panel. */
export function Tabs({ label, tabs, value, onValueChange, placement = 'side' }: TabsProps) {
  return (
    <Primitive.Root
      className={classNames(styles['tabs'], styles[placement])}
      value={value}
      onValueChange={onValueChange}
      orientation={placement === 'side' ? 'vertical' : 'horizontal'}
    >
      <Primitive.List className={styles['list']} aria-label={label}>
        {tabs.map((tab) => (
          <Primitive.Trigger key={tab.id} value={tab.id} className={styles['tab']}>
            {tab.icon}
            {tab.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.id} value={tab.id} className={styles['panel']}>
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
