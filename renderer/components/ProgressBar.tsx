import { Progress } from 'radix-ui';
import styles from './ProgressBar.module.css';

export interface ProgressBarProps {
  /** 0..1; null when it is not known how far. */
  readonly fraction: number | null;
  /** What is going on, read out and shown above the bar unless `hideText`. */
  readonly text: string;
  /** When the same words stand beside the bar already. */
  readonly hideText?: boolean;
}

/** A thin bar that never stands without words. */
export function ProgressBar({ fraction, text, hideText = false }: ProgressBarProps) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <div className={styles['progress']}>
      {!hideText && <span className={styles['text']}>{text}</span>}
      <Progress.Root
        value={percent}
        max={100}
        aria-label={text}
        className={styles['track']}
        getValueLabel={(value) => `${String(value)} %`}
      >
        <Progress.Indicator className={styles['fill']} style={percent === null ? {} : { inlineSize: `${String(percent)}%` }} />
      </Progress.Root>
    </div>
  );
}
