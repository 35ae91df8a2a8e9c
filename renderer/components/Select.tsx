import type { ReactNode } from 'react';
import { Field } from './Field.tsx';
import styles from './Select.module.css';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
}

export interface SelectProps<V extends string> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onValueChange: (value: V) => void;
}

/** One of a few. The browser's own control: Radix's writes a style through innerHTML, which Trusted Types refuse. */
export function Select<V extends string>({ label, hint, error, value, options, onValueChange }: SelectProps<V>) {
  return (
    <Field label={label} layout="row" {...(hint === undefined ? {} : { hint })} {...(error === undefined ? {} : { error })}>
      {(control) => (
        <select
          {...control}
          className={styles['select']}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen !== undefined) onValueChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} className={styles['option']}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
