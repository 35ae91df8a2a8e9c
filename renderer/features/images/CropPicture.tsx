import type { Rect } from '../../../electron/shared/attachments.ts';
import styles from './CropPicture.module.css';

interface CropPictureProps {
  readonly url: string | null;
  readonly picture: { readonly width: number; readonly height: number };
  readonly crop: Rect;
}

/** One view as the model gets it: the part, stretched to a square. */
export function CropPicture({ url, picture, crop }: CropPictureProps) {
  return (
    <span className={styles['square']} aria-hidden="true">
      {url !== null && (
        <img
          src={url}
          alt=""
          draggable={false}
          className={styles['picture']}
          style={{
            width: `${(100 * picture.width) / crop.width}%`,
            height: `${(100 * picture.height) / crop.height}%`,
            left: `${(-100 * crop.x) / crop.width}%`,
            top: `${(-100 * crop.y) / crop.height}%`,
          }}
        />
      )}
    </span>
  );
}
