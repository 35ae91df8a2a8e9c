import type { ComponentProps } from 'react';
import { Field, type FieldProps } from './Field.tsx';
import styles from './TextField.module.css';
import { classNames } from './classNames.ts';

export interface TextAreaProps
  extends Omit<ComponentProps<'textarea'>, 'id' | 'children' | 'value' | 'onChange'>, Pick<FieldProps, 'label' | 'hint' | 'error'> {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}

/** Several lines of text with their label; grows with its text up to a limit, then scrolls. */
export function TextArea({ label, hint, error, value, onValueChange, className, ...rest }: TextAreaProps) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} {...(error === undefined ? {} : { error })}>
      {(control) => (
        <textarea
          rows={4}
          {...rest}
          {...control}
          className={classNames(styles['input'], styles['area'], className)}
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
        />
      )}
    </Field>
  );
}
