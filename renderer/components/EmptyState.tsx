import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  /** A lucide icon of 20 px. */
  readonly icon?: ReactNode;
  readonly title: string;
  /** What to do next, in one sentence. */
  readonly children?: ReactNode;
}

/** Says that there is nothing yet, and what brings something. */
export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      {icon}
      <p className={styles['title']}>{title}</p>
      {children !== undefined && <p className={styles['body']}>{children}</p>}
    </div>
  );
}
