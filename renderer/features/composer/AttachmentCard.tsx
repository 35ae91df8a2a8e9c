import type { ReactNode } from 'react';
import { FileName } from '../../components/FileName.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { picturePrefix } from '../images/pictureNumbers.ts';
import styles from './AttachmentCard.module.css';
import type { AttachmentFact } from './attachmentFact.ts';
import { type CardPreview, Thumbnail } from './Thumbnail.tsx';

interface AttachmentCardProps {
  readonly name: string;
  /** Number of a picture among several. */
  readonly number?: number | undefined;
  readonly preview: CardPreview | null;
  readonly fact: AttachmentFact;
  /** What it costs, a line each. */
  readonly costs?: readonly string[];
  /** Opens it in the evidence column; null while there is nothing to see. */
  readonly onOpen?: (() => void) | null;
  /** Under the fact: a switch or a field. */
  readonly below?: ReactNode;
  /** At the right edge. */
  readonly end?: ReactNode;
}

/** Thumbnail, name, one fact. The thumbnail and the name open it. */
export function AttachmentCard({ name, number, preview, fact, costs = [], onOpen = null, below, end }: AttachmentCardProps) {
  const face = (
    <>
      <Thumbnail preview={preview} />
      <span className={styles['words']}>
        <FileName name={name} before={picturePrefix(number)} className={styles['name']} />
        <span className={styles[fact.tone]}>{fact.text}</span>
        {costs.map((cost) => (
          <span key={cost} className={styles['cost']}>
            {cost}
          </span>
        ))}
      </span>
    </>
  );
  return (
    <div className={styles['card']}>
      <div className={styles['top']}>
        {onOpen === null ? (
          <div className={styles['face']}>{face}</div>
        ) : (
          <button type="button" className={styles['face']} onClick={onOpen}>
            {face}
          </button>
        )}
        {end}
      </div>
      {fact.tone === 'working' && (
        <div className={styles['bar']}>
          <ProgressBar fraction={fact.fraction} text={fact.text} hideText />
        </div>
      )}
      {below}
    </div>
  );
}
