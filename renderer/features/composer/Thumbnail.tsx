import { FileText, Image as ImageIcon, Paperclip } from 'lucide-react';
import styles from './Thumbnail.module.css';
import { usePreview } from '../images/usePreview.ts';

/** Longest side asked for, in pixels: twice what is shown, for dense screens. */
const side = 96;

/** A picture of a picture, or a sign for the rest. */
export function Thumbnail({
  preview,
}: {
  readonly preview: { readonly attachmentId: string; readonly kind: 'image' | 'document' } | null;
}) {
  const url = usePreview(preview?.kind === 'image' ? preview.attachmentId : null, side);
  if (url !== null) return <img className={styles['picture']} src={url} alt="" draggable={false} />;
  return (
    <span className={styles['sign']} aria-hidden="true">
      {preview === null ? <Paperclip size={20} /> : preview.kind === 'image' ? <ImageIcon size={20} /> : <FileText size={20} />}
    </span>
  );
}
