import { useId, useState } from 'react';
import type { Rect } from '../../../electron/shared/attachments.ts';
import { sentenceCase } from '../../../electron/shared/sentenceCase.ts';
import { useApp } from '../../state/useFacet.ts';
import { BoxLayer } from './BoxLayer.tsx';
import { FramedPicture } from './FramedPicture.tsx';
import { LookCloser } from './LookCloser.tsx';
import { modeWords, receiptWords, roomWords, waitWords } from './modeWords.ts';
import styles from './PictureEvidence.module.css';
import { OtherPages } from './OtherPages.tsx';
import { pictureName, usePictureNumbers } from './pictureNumbers.ts';
import { usePlan } from './usePlan.ts';
import { usePreview } from './usePreview.ts';
import { useSeen } from './useSeen.ts';
import { ViewList } from './ViewList.tsx';

/** Longest side of the picture asked for, in pixels: enough to draw boxes on. */
const side = 1600;
const noBoxes: readonly Rect[] = [];

interface PictureEvidenceProps {
  readonly attachmentId: string;
  /** The answer whose receipt gives the views, or the question the picture came with; null for a picture not yet asked about. */
  readonly messageId: string | null;
  readonly imageIndex: number | undefined;
}

/** The picture with the frames of the views the model got or will get, those views one by one, and boxes to look closer. */
export function PictureEvidence({ attachmentId, messageId, imageIndex }: PictureEvidenceProps) {
  const attachment = useApp(({ app }) => app?.attachments.find(({ id }) => id === attachmentId));
  const number = usePictureNumbers().get(attachmentId);
  const seen = useSeen({ attachmentId, messageId, imageIndex });
  const plan = usePlan(seen.kind === 'sent' || seen.kind === 'draft' ? seen.use : null);
  const url = usePreview(attachmentId, side);
  const [pointed, setPointed] = useState<number | null>(null);
  const [boxes, setBoxes] = useState(noBoxes);
  const nameId = useId();

  if (attachment?.state.kind !== 'image') return <p className={styles['quiet']}>This picture is no longer here.</p>;
  const { width, height, pages = 1, warnings } = attachment.state.image;
  const crops = seen.kind === 'answered' ? seen.receipt.crops : (plan?.crops ?? noBoxes);
  return (
    <div className={styles['evidence']}>
      <FramedPicture url={url} width={width} height={height} crops={crops} pointed={boxes.length > 0 ? -1 : pointed} name={attachment.name}>
        <BoxLayer size={{ width, height }} boxes={boxes} onChange={setBoxes} />
      </FramedPicture>
      <LookCloser attachmentId={attachmentId} size={{ width, height }} seen={seen} boxes={boxes} onChange={setBoxes} />
      <div>
        <h3 id={nameId} className={styles['name']}>
          {pictureName(number, attachment.name)}
        </h3>
        <p className={styles['quiet']}>{`${width} × ${height} pixels`}</p>
        {seen.kind === 'answered' && <p className={styles['quiet']}>{`${modeWords(seen.receipt.mode)} · ${receiptWords(seen.receipt)}`}</p>}
        {(seen.kind === 'draft' || seen.kind === 'sent') && plan !== null && (
          <p className={styles['quiet']}>
            {[modeWords(seen.use.panScan), roomWords(plan), waitWords(plan)].filter((words) => words !== '').join(' · ')}
          </p>
        )}
        {warnings.map((warning) => (
          <p key={warning} className={styles['warning']}>
            {sentenceCase(warning)}
          </p>
        ))}
        {pages > 1 && <OtherPages attachmentId={attachmentId} pages={pages} />}
      </div>
      {(seen.kind === 'answered' || plan !== null) && (
        <ViewList
          attachmentId={attachmentId}
          preview={url}
          picture={{ width, height }}
          crops={crops}
          side={seen.kind === 'answered' ? (seen.receipt.side ?? null) : (plan?.side ?? null)}
          receipt={seen.kind === 'answered' ? seen.receipt : null}
          onPoint={setPointed}
        />
      )}
    </div>
  );
}
