import { type ReactNode, useEffect, useRef, useState } from 'react';
import { UndoNote } from '../components/UndoNote.tsx';
import { useFacet } from './useFacet.ts';

/** How long a deletion can be taken back, in milliseconds; a little less than the services wait. */
const undoMs = 55_000;

interface Offer {
  readonly text: string;
  readonly undo: () => void;
}

export interface UndoOffers {
  /** Offers to take back what was deleted just now; one at a time, the last. @param text what was deleted, one sentence */
  readonly offer: (text: string, undo: () => void) => void;
  /** Where it is offered: inside the dialog, since nobody who works by keys reaches a notice above one. Null when there is nothing to take back. */
  readonly note: ReactNode;
}

/** Undo inside a dialog. Closed before it was used, the offer goes on as a notice. */
export function useUndoNote(): UndoOffers {
  const { view } = useFacet();
  const [offered, setOffered] = useState<Offer | null>(null);
  const open = useRef<Offer | null>(null);
  const set = (next: Offer | null): void => {
    open.current = next;
    setOffered(next);
  };
  useEffect(() => {
    if (offered === null) return undefined;
    const timer = setTimeout(() => {
      open.current = null;
      setOffered(null);
    }, undoMs);
    return () => clearTimeout(timer);
  }, [offered]);
  useEffect(
    () => () => {
      const { current } = open;
      open.current = null;
      if (current !== null) view.notify(current.text, { label: 'Undo', run: current.undo });
    },
    [view],
  );
  return {
    offer: (text, undo) => set({ text, undo }),
    note:
      offered === null ? null : (
        <UndoNote
          text={offered.text}
          onUndo={() => {
            set(null);
            offered.undo();
          }}
        />
      ),
  };
}
