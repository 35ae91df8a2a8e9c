import type { Rect } from '../../../electron/shared/attachments.ts';
import styles from './FramedPicture.module.css';

interface FramedPictureProps {
  readonly url: string | null;
  /** Upright size in pixels; crops are in these pixels. */
  readonly width: number;
  readonly height: number;
  readonly crops: readonly Rect[];
  /** Index of the crop to bring out; null for none. */
  readonly pointed: number | null;
  readonly name: string;
}

/** A picture with numbered frames. The place is kept while it loads, so that nothing jumps. */
export function FramedPicture({ url, width, height, crops, pointed, name }: FramedPictureProps) {
  return (
    <div className={styles['frame']} style={{ aspectRatio: `${width} / ${height}` }}>
      {url !== null && <img src={url} alt={name} className={styles['picture']} draggable={false} />}
      {crops.map((crop, index) => (
        <span
          key={`${crop.x} ${crop.y} ${crop.width} ${crop.height}`}
          className={pointed === null || pointed === index ? styles['crop'] : styles['cropFaded']}
          style={{
            left: percent(crop.x, width),
            top: percent(crop.y, height),
            width: percent(crop.width, width),
            height: percent(crop.height, height),
          }}
        >
          <span className={styles['number']}>{index + 1}</span>
        </span>
      ))}
    </div>
  );
}

function percent(part: number, whole: number): string {
  return `${(100 * part) / whole}%`;
}
