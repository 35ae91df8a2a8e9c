import styles from './ProgressRing.module.css';
import { classNames } from './classNames.ts';

export interface ProgressRingProps {
  /** 0..1 */
  readonly fraction: number;
  /** Read out; the same must be visible beside the ring or in its control's tooltip. */
  readonly text: string;
  /** Side in pixels. */
  readonly size?: 16 | 20;
  readonly tone?: 'accent' | 'warning' | 'failed';
}

const stroke = 2.5;

/** A thin ring that fills clockwise from the top. */
export function ProgressRing({ fraction, text, size = 16, tone = 'accent' }: ProgressRingProps) {
  const part = Math.min(1, Math.max(0, fraction));
  const radius = (size - stroke) / 2;
  const length = 2 * Math.PI * radius;
  const circle = { cx: size / 2, cy: size / 2, r: radius, fill: 'none', strokeWidth: stroke };
  return (
    <svg
      role="progressbar"
      aria-label={text}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(part * 100)}
      width={size}
      height={size}
      className={classNames(styles['ring'], styles[tone])}
    >
      <circle {...circle} className={styles['track']} />
      <circle
        {...circle}
        className={styles['fill']}
        strokeDasharray={length}
        strokeDashoffset={length * (1 - part)}
        strokeLinecap="round"
      />
    </svg>
  );
}
