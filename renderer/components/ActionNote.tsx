import type { ReactNode } from 'react';
import styles from './ActionNote.module.css';

interface ActionNoteProps {
  readonly words: string;
  /** `status` for what comes up by itself. */
  readonly role?: 'status';
  /** The button; none where there is nothing to do. */
  readonly children?: ReactNode;
}

/** A quiet sentence, and beside it the button for what it tells of. */
export function ActionNote({ words, role, children }: ActionNoteProps) {
  return (
    <div className={styles['place']} role={role}>
      <p className={styles['words']}>{words}</p>
      {children}
    </div>
  );
}
