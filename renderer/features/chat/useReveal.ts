import { useEffect, useEffectEvent } from 'react';
import { useFacet, useView } from '../../state/useFacet.ts';

/** Scrolls to the message that the search or another part asks for, once it is on the branch shown. */
export function useReveal(ids: readonly string[], scrollTo: (index: number) => void): void {
  const { view } = useFacet();
  const messageId = useView((slice) => slice.revealMessageId);
  const index = messageId === null ? -1 : ids.indexOf(messageId);
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
