import type { Rect } from '../../../electron/shared/attachments.ts';
import type { Size } from './boxes.ts';
import styles from './CropFrames.module.css';

/** Frames over a small picture that is shown whole in a square. */
export function CropFrames({ size, crops }: { readonly size: Size; readonly crops: readonly Rect[] }) {
  return (
    <svg viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="xMidYMid meet">
      {crops.map((crop, index) => (
        <rect key={index} x={crop.x} y={crop.y} width={crop.width} height={crop.height} className={styles['frame']} />
      ))}
    </svg>
  );
}
