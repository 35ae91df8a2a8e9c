import { useEffect, useEffectEvent } from 'react';
import type { BranchEntry } from '../../state/branches.ts';
import { useFacet, useView } from '../../state/useFacet.ts';

/** Scrolls to the message that the search or another part asks for, once it is on the branch shown. */
export function useReveal(entries: readonly BranchEntry[], scrollTo: (index: number) => void): void {
  const { view } = useFacet();
  const messageId = useView((slice) => slice.revealMessageId);
  const index = messageId === null ? -1 : entries.findIndex(({ message }) => message.id === messageId);
  const reveal = useEffectEvent((at: number) => {
    scrollTo(at);
    view.reveal(null);
  });
  useEffect(() => {
    if (index < 0) return undefined;
    // A list just opened puts itself at its end first.
    const timer = setTimeout(() => reveal(index), 50);
    return () => clearTimeout(timer);
  }, [index]);
}
