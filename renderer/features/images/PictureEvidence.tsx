import type { Rect } from '../../../electron/shared/attachments.ts';
import type { ImageReceipt } from '../../../electron/shared/generation.ts';
import { useApp, useConversation } from '../../state/useFacet.ts';
import { seconds } from '../chat/receiptWords.ts';
import { CropPicture } from './CropPicture.tsx';
import { FramedPicture } from './FramedPicture.tsx';
import { modeWords } from './modeWords.ts';
import styles from './PictureEvidence.module.css';
import { usePreview } from './usePreview.ts';
import { useState } from 'react';

/** Longest side of the picture asked for, in pixels: enough to read crops from. */
const side = 1600;

interface PictureEvidenceProps {
  readonly attachmentId: string;
  /** The answer whose receipt gives the views; null for a picture not yet asked about. */
  readonly messageId: string | null;
}

/** The picture with the frames of the views the model got, and those views one by one. */
export function PictureEvidence({ attachmentId, messageId }: PictureEvidenceProps) {
  const attachment = useApp(({ app }) => app?.attachments.find(({ id }) => id === attachmentId));
  const receipt = useConversation((slice): ImageReceipt | null => {
    if (slice.kind !== 'open') return null;
    const message = slice.conversation.messages.find(({ id }) => id === messageId);
    if (message?.role !== 'assistant') return null;
    const { state } = message;
    const full = state.kind === 'complete' || state.kind === 'cancelled' ? state.receipt : null;
    return full?.images.find((image) => image.attachmentId === attachmentId) ?? null;
  });
  const url = usePreview(attachmentId, side);
  const [pointed, setPointed] = useState<number | null>(null);

  if (attachment?.state.kind !== 'image') return <p className={styles['quiet']}>This picture is no longer here.</p>;
  const { width, height, warnings } = attachment.state.image;
  const crops = receipt?.crops ?? [];
  return (
    <div className={styles['evidence']}>
      <FramedPicture url={url} width={width} height={height} crops={crops} pointed={pointed} name={attachment.name} />
      <div>
        <p className={styles['name']}>{attachment.name}</p>
        <p className={styles['quiet']}>{`${width} × ${height} pixels`}</p>
        {warnings.map((warning) => (
          <p key={warning} className={styles['warning']}>
            {warning}
          </p>
        ))}
      </div>
      {receipt !== null && (
        <>
          <p
            className={styles['quiet']}
          >{`${modeWords(receipt.mode)} · ${receipt.cached ? 'Seen before, nothing to wait for' : `Looked at in ${seconds(receipt.encodeMs)}`}`}</p>
          <ol className={styles['views']} aria-label="Views">
            <li className={styles['view']}>
              <CropPicture url={url} picture={{ width, height }} crop={{ x: 0, y: 0, width, height }} />
              <span>Whole picture</span>
            </li>
            {crops.map((crop, index) => (
              <li
                key={cropKey(crop)}
                className={styles['view']}
                onPointerEnter={() => setPointed(index)}
                onPointerLeave={() => setPointed(null)}
              >
                <CropPicture url={url} picture={{ width, height }} crop={crop} />
                <span>{`View ${index + 1}`}</span>
                <span className={styles['quiet']}>{`${crop.width} × ${crop.height}`}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function cropKey({ x, y, width, height }: Rect): string {
  return [x, y, width, height].join(' ');
}
