import { useId, type ReactNode } from 'react';
import styles from './Field.module.css';
import { classNames } from './classNames.ts';

/** What a control inside a Field must carry so that its label, hint and error are read out. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

export interface FieldProps {
  readonly label: string;
  /** One line under the control: the range, or what it does. */
  readonly hint?: ReactNode;
  /** What is wrong and what would be right; null when nothing is. */
  readonly error?: string | null;
  /** `row` puts the control at the end of the label's line. */
  readonly layout?: 'column' | 'row';
  readonly children: (control: FieldControl) => ReactNode;
}

/** Label, control, hint and error of one setting, tied together. */
export function Field({ label, hint, error = null, layout = 'column', children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint === undefined ? '' : hintId, error === null ? '' : errorId].filter((part) => part !== '').join(' ');
  return (
    <div className={classNames(styles['field'], styles[layout])}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <div className={styles['control']}>
        {children({ id, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': error !== null })}
      </div>
      {hint !== undefined && (
        <div id={hintId} className={styles['hint']}>
          {hint}
        </div>
      )}
      <div id={errorId} role="status" className={styles['error']}>
        {error}
      </div>
    </div>
  );
}
