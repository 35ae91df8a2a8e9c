import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../../electron/shared/conversations.ts';
import { createAnnouncer } from './announcer.ts';

/** Says the answer sentence by sentence, and each new stage once, to those who listen. */
export function LiveAnswer({ conversation }: { readonly conversation: Conversation }) {
  const place = useRef<HTMLDivElement>(null);
  const [announce] = useState(createAnnouncer);
  useEffect(() => {
    const words = announce(conversation);
    // Written by hand: a change of the text is the announcement, and no other part of the page depends on it.
    if (words !== '' && place.current !== null) place.current.textContent = words;
  }, [announce, conversation]);
  return <div ref={place} className="visuallyHidden" role="status" aria-live="polite" />;
}
