import { useEffect, useState } from 'react';
import type { Rect } from '../../../electron/shared/attachments.ts';
import { useFacet } from '../../state/useFacet.ts';
import styles from './ExactView.module.css';

interface ExactViewProps {
  readonly attachmentId: string;
  /** Null is the whole picture. */
  readonly rect: Rect | null;
  /** Of the view, in pixels. */
  readonly side: number;
  /** Empty where words beside it say what it is. */
  readonly name: string;
}

/** The very pixels the model gets, stretched to a square as it gets them. */
export function ExactView({ attachmentId, rect, side, name }: ExactViewProps) {
  const { previews } = useFacet();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void previews.view(attachmentId, rect, side).then((found) => {
      if (current) setUrl(found);
    });
    return () => {
      current = false;
    };
  }, [attachmentId, previews, rect, side]);
  if (url === null) return <span className={styles['place']} style={{ maxWidth: side }} />;
  return <img src={url} alt={name} width={side} height={side} className={styles['view']} draggable={false} data-view />;
}
