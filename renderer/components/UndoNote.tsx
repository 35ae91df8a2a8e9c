import { Button } from './Button.tsx';
import styles from './UndoNote.module.css';

export interface UndoNoteProps {
  /** What was deleted, one sentence. */
  readonly text: string;
  readonly onUndo: () => void;
}

/** What was deleted just now, with Undo, where it was deleted. */
export function UndoNote({ text, onUndo }: UndoNoteProps) {
  return (
    <div className={styles['note']} role="status">
      <span>{text}</span>
      <Button size="small" onClick={onUndo}>
        Undo
      </Button>
    </div>
  );
}
