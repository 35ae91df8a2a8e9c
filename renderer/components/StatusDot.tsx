import styles from './StatusDot.module.css';
import { classNames } from './classNames.ts';

export type StatusTone = 'idle' | 'working' | 'ready' | 'warning' | 'failed';

/** A coloured dot. The words for it stand beside it; the dot itself is not read out. */
export function StatusDot({ tone }: { readonly tone: StatusTone }) {
  return <span aria-hidden="true" className={classNames(styles['dot'], styles[tone])} />;
}
