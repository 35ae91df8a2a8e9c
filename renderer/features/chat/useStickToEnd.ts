import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Nearer than this to the end counts as being there, in pixels. */
const nearness = 48;

/**
 * Keeps the end in view while the reader is there, and leaves the reader alone otherwise.
 * @param height of the content: a change is what may have moved the end away
 * @param lastId id of the last row: a new one of the user's own brings the reader back to the end
 */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>, height: number, lastId: string | null): { readonly atEnd: boolean; jumpToEnd(): void } {
  const sticking = useRef(true);
  const lastTop = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback((): void => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const follow = (): void => {
      const distance = element.scrollHeight - element.scrollTop - element.clientHeight;
      // Content that grows below moves the end away without any scrolling up by the reader.
      const wentUp = element.scrollTop < lastTop.current - 1;
      sticking.current = distance < nearness || (sticking.current && !wentUp);
      lastTop.current = element.scrollTop;
      setAtEnd(sticking.current);
    };
    element.addEventListener('scroll', follow, { passive: true });
    const resized = new ResizeObserver(() => {
      if (sticking.current) toEnd();
    });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', follow);
      resized.disconnect();
    };
  }, [scroller, toEnd]);

  useLayoutEffect(() => {
    sticking.current = true;
    setAtEnd(true);
  }, [lastId]);
  useLayoutEffect(() => {
    if (sticking.current) toEnd();
  }, [height, lastId, toEnd]);

  const jumpToEnd = useCallback((): void => {
    sticking.current = true;
    setAtEnd(true);
    toEnd();
  }, [toEnd]);
  return { atEnd, jumpToEnd };
}
