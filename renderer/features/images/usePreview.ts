import { useEffect, useState } from 'react';
import { useFacet } from '../../state/useFacet.ts';

/**
 * The address of a picture of an attachment, longest side at most `side` pixels; null until it is here, and for what has none.
 * @param attachmentId null for nothing
 */
export function usePreview(attachmentId: string | null, side: number): string | null {
  const { previews } = useFacet();
  const key = attachmentId === null ? '' : `${attachmentId} ${side}`;
  const [found, setFound] = useState<{ readonly key: string; readonly url: string | null }>({ key: '', url: null });
  useEffect(() => {
    if (attachmentId === null) return undefined;
    let current = true;
    void previews.load(attachmentId, side).then((url) => {
      if (current) setFound({ key, url });
    });
    return () => {
      current = false;
    };
  }, [attachmentId, key, previews, side]);
  return found.key === key && key !== '' ? found.url : null;
}
