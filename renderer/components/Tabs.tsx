import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

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
}

/** Tabs in a column beside their panel; in a row above it where there is no room. */
export function Tabs({ label, tabs, value, onValueChange }: TabsProps) {
  return (
    <Primitive.Root className={styles['tabs']} value={value} onValueChange={onValueChange} orientation="vertical">
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
