import type { ComponentProps } from 'react';
import { Field, type FieldProps } from './Field.tsx';
import styles from './TextField.module.css';
import { classNames } from './classNames.ts';

export interface TextFieldProps
  extends Omit<ComponentProps<'input'>, 'id' | 'children' | 'value' | 'onChange'>, Pick<FieldProps, 'label' | 'hint' | 'error' | 'layout'> {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}

/** One line of text with its label. */
export function TextField({ label, hint, error, layout, value, onValueChange, className, ...rest }: TextFieldProps) {
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      {...(error === undefined ? {} : { error })}
      {...(layout === undefined ? {} : { layout })}
    >
      {(control) => (
        <input
          type="text"
          autoComplete="off"
          {...rest}
          {...control}
          className={classNames(styles['input'], className)}
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
        />
      )}
    </Field>
  );
}
