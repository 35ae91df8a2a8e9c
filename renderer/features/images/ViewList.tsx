import { useState } from 'react';
import type { Rect } from '../../../electron/shared/attachments.ts';
import type { ImageReceipt } from '../../../electron/shared/generation.ts';
import type { Size } from './boxes.ts';
import { CropPicture } from './CropPicture.tsx';
import { ExactView } from './ExactView.tsx';
import { viewWords } from './modeWords.ts';
import { ViewDialog } from './ViewDialog.tsx';
import styles from './ViewList.module.css';

interface ViewListProps {
  readonly attachmentId: string;
  /** Address of the picture. */
  readonly preview: string | null;
  readonly picture: Size;
  readonly crops: readonly Rect[];
  /** Side of a view in pixels; null in receipts of earlier versions, which only the picture itself can then show. */
  readonly side: number | null;
  /** Null before the model has looked. */
  readonly receipt: ImageReceipt | null;
  /** Index of the crop whose view is pointed at; -1 for the whole picture, null for none. */
  readonly onPoint: (crop: number | null) => void;
}

/** Every view, in the order the model gets them, with what each cost; a click shows it at its own size. */
export function ViewList({ attachmentId, preview, picture, crops, side, receipt, onPoint }: ViewListProps) {
  const [shown, setShown] = useState<number | null>(null);
  const rects: readonly (Rect | null)[] = [null, ...crops];
  const whole = { x: 0, y: 0, ...picture };
  return (
    <section aria-label="Views" className={styles['section']}>
      <h3 className={styles['title']}>
        {receipt === null ? 'What the model will get' : 'What the model got'}
        {side !== null && <span className={styles['quiet']}>{` ${side} × ${side} each`}</span>}
      </h3>
      <ol className={styles['views']}>
        {rects.map((rect, index) => (
          <li key={index}>
            <button
              type="button"
              className={styles['view']}
              aria-label={`${viewName(index)}: ${viewWords(receipt?.viewTokens ?? null, receipt?.views?.[index])}. Show it at its own size`}
              disabled={side === null}
              onClick={() => setShown(index)}
              onPointerEnter={() => onPoint(index - 1)}
              onPointerLeave={() => onPoint(null)}
              onFocus={() => onPoint(index - 1)}
              onBlur={() => onPoint(null)}
            >
              {side === null ? (
                <CropPicture url={preview} picture={picture} crop={rect ?? whole} />
              ) : (
                <ExactView attachmentId={attachmentId} rect={rect} side={side} name="" />
              )}
              <span className={styles['name']}>{viewName(index)}</span>
              <span className={styles['quiet']}>{`${(rect ?? whole).width} × ${(rect ?? whole).height}`}</span>
              <span className={styles['quiet']}>{viewWords(receipt?.viewTokens ?? null, receipt?.views?.[index])}</span>
            </button>
          </li>
        ))}
      </ol>
      {side !== null && shown !== null && (
        <ViewDialog
          attachmentId={attachmentId}
          rect={rects[shown] ?? null}
          side={side}
          name={viewName(shown)}
          from={rects[shown] ?? whole}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
}

function viewName(index: number): string {
  return index === 0 ? 'Whole picture' : `Crop ${index}`;
}
