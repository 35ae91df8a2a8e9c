import { useEffect } from 'react';
import type { Model } from '../../../electron/shared/models.ts';
import { UndoNote } from '../../components/UndoNote.tsx';
import { useModelActions } from './useModelActions.ts';

/** How long a removal can be taken back, in milliseconds; a little less than the service waits. */
const undoMs = 55_000;

export interface RemovedNoteProps {
  readonly removed: Model | null;
  readonly onDone: () => void;
}

/** What was removed just now, with Undo, in the dialog itself: notices lie behind it. */
export function RemovedNote({ removed, onDone }: RemovedNoteProps) {
  const { restore } = useModelActions();
  useEffect(() => {
    if (removed === null) return undefined;
    const timer = setTimeout(onDone, undoMs);
    return () => clearTimeout(timer);
  }, [removed, onDone]);
  if (removed === null) return null;
  const undo = (): void => {
    onDone();
    void restore(removed.id);
  };
  return <UndoNote text={`Removed ${removed.name}.`} onUndo={undo} />;
}
