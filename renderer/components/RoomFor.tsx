import type { ReactNode } from 'react';
import styles from './RoomFor.module.css';

export interface RoomForProps {
  /** A text as long as any that may come; it is never seen or read out. */
  readonly longest: string;
  readonly children: ReactNode;
}

/** A text that comes or changes later, with room kept for the longest one at any width, so that nothing below it jumps. */
export function RoomFor({ longest, children }: RoomForProps) {
  return (
    <span className={styles['place']} data-longest={longest}>
      <span className={styles['text']}>{children}</span>
    </span>
  );
}
