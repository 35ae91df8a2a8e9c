import styles from './StackedBar.module.css';
import { classNames } from './classNames.ts';

export interface StackedPart {
  readonly name: string;
  /** Of the whole bar, 0..1. */
  readonly share: number;
  /** The amount in words, beside the name. */
  readonly amount: string;
  /** `free` is drawn as room, not as something there; `missing` stands in the legend alone. */
  readonly tone: 'first' | 'second' | 'third' | 'fourth' | 'fifth' | 'reserved' | 'free' | 'missing';
}

/** A bar cut into parts with its legend. The legend carries all the facts; the bar is only a picture of them. */
export function StackedBar({ parts }: { readonly parts: readonly StackedPart[] }) {
  return (
    <div className={styles['stack']}>
      <div className={styles['bar']} aria-hidden="true">
        {parts
          .filter(({ tone }) => tone !== 'missing')
          .map(({ name, share, tone }) => (
            <span key={name} className={classNames(styles['part'], styles[tone])} style={{ flexGrow: Math.max(0, share) }} />
          ))}
      </div>
      <ul className={styles['legend']}>
        {parts.map(({ name, amount, tone }) => (
          <li key={name} className={styles['row']}>
            <span aria-hidden="true" className={classNames(styles['swatch'], styles[tone])} />
            <span className={styles['name']}>{name}</span>
            <span className={styles['amount']}>{amount}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
