import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Nearer than this to the end counts as being there, in pixels. */
const nearness = 48;

/**
 * Keeps the end in view while the reader is there, and leaves the reader alone otherwise.
 * @param height of the content: a change is what may have moved the end away
 * @param lastId id of the last row: a new one, which only the user's own doing brings, takes the reader back to the end
 */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>, height: number, lastId: string | null) {
  /** The last row there was when the reader went up; null for a reader at the end. */
  const [leftAt, setLeftAt] = useState<string | null>(null);
  const lastTop = useRef(0);
  const atEnd = leftAt === null || leftAt !== lastId;

  const toEnd = useCallback((): void => {
    const element = scroller.current;
    element?.scrollTo({ top: element.scrollHeight });
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const follow = (): void => {
      // Content that grows below moves the end away without any scrolling up by the reader.
      const wentUp = element.scrollTop < lastTop.current - 1;
      lastTop.current = element.scrollTop;
      if (isAtEnd(element)) setLeftAt(null);
      else if (wentUp) setLeftAt(lastId);
    };
    element.addEventListener('scroll', follow, { passive: true });
    return () => element.removeEventListener('scroll', follow);
  }, [lastId, scroller]);
  useLayoutEffect(() => {
    if (atEnd) toEnd();
  }, [atEnd, height, lastId, toEnd]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const resized = new ResizeObserver(() => {
      if (atEnd) toEnd();
      // A window that grew, or an answer that was folded, can have brought the end to a reader who had gone up.
      else if (isAtEnd(element)) setLeftAt(null);
    });
    resized.observe(element);
    if (element.firstElementChild !== null) resized.observe(element.firstElementChild);
    return () => resized.disconnect();
  }, [atEnd, scroller, toEnd]);

  const jumpToEnd = useCallback((): void => {
    setLeftAt(null);
    toEnd();
  }, [toEnd]);
  return { atEnd, jumpToEnd };
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < nearness;
}
