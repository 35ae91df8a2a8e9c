import { FileText, Image as ImageIcon, Paperclip } from 'lucide-react';
import type { Rect } from '../../../electron/shared/attachments.ts';
import type { Size } from '../images/boxes.ts';
import { CropFrames } from '../images/CropFrames.tsx';
import styles from './Thumbnail.module.css';
import { usePreview } from '../images/usePreview.ts';

/** Longest side asked for, in pixels: twice what is shown, for dense screens. */
const side = 112;

/** What a card shows of a file. */
export interface CardPreview {
  readonly attachmentId: string;
  readonly kind: 'image' | 'document';
  /** Where the model looks closer, in pixels of the upright picture. */
  readonly frames?: { readonly size: Size; readonly crops: readonly Rect[] };
}

/** A picture of a picture, or a sign for the rest. */
export function Thumbnail({ preview }: { readonly preview: CardPreview | null }) {
  const url = usePreview(preview?.kind === 'image' ? preview.attachmentId : null, side);
  if (url !== null) {
    const frames = preview?.frames ?? null;
    return (
      <span className={styles['picture']} aria-hidden="true">
        <img src={url} alt="" draggable={false} />
        {frames !== null && <CropFrames size={frames.size} crops={frames.crops} />}
      </span>
    );
  }
  return (
    <span className={styles['sign']} aria-hidden="true">
      {preview === null ? <Paperclip size={20} /> : preview.kind === 'image' ? <ImageIcon size={20} /> : <FileText size={20} />}
    </span>
  );
}
