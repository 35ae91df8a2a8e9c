import { useCallback, useEffect, useState } from 'react';
import { useFacet } from '../../state/useFacet.ts';

/** How long the button says that it was done, in milliseconds. */
const confirmation = 1600;

/** Copies text and says so for a moment. */
export function useCopy(): { readonly copied: boolean; readonly copy: (text: string) => void } {
  const { view } = useFacet();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), confirmation);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = useCallback(
    (text: string): void => {
      navigator.clipboard.writeText(text).then(
        () => setCopied(true),
        () => view.notify('The clipboard cannot be reached. Select the text and copy it from there.'),
      );
    },
    [view],
  );
  return { copied, copy };
}
