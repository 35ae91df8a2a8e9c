import type { ReactNode } from 'react';
import type { Rect } from '../../../electron/shared/attachments.ts';
import styles from './FramedPicture.module.css';
import { placement } from './placement.ts';

/** Pictures longer or wider than this are shown squeezed, or a strip of one pixel could not be seen at all. */
const mostElongated = 6;

interface FramedPictureProps {
  readonly url: string | null;
  /** Upright size in pixels; crops are in these pixels. */
  readonly width: number;
  readonly height: number;
  readonly crops: readonly Rect[];
  /** Index of the crop to bring out; -1 to fade all, null to show all alike. */
  readonly pointed: number | null;
  readonly name: string;
  /** What lies over the picture. */
  readonly children?: ReactNode;
}

/** A picture with numbered frames. The place is kept while it loads, so that nothing jumps. */
export function FramedPicture({ url, width, height, crops, pointed, name, children }: FramedPictureProps) {
  const ratio = Math.min(mostElongated, Math.max(1 / mostElongated, width / height));
  return (
    <div className={styles['frame']} style={{ aspectRatio: ratio, maxWidth: `calc(${ratio} * 60vh)` }}>
      {url !== null && <img src={url} alt={name} className={styles['picture']} draggable={false} />}
      {crops.map((crop, index) => (
        <span
          key={index}
          className={pointed === null || pointed === index ? styles['crop'] : styles['cropFaded']}
          style={placement(crop, { width, height })}
        >
          <span className={styles['number']}>{index + 1}</span>
        </span>
      ))}
      {children}
    </div>
  );
}
