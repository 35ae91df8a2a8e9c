import { Switch as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Field } from './Field.tsx';
import styles from './Switch.module.css';

export interface SwitchProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, hint, checked, onCheckedChange }: SwitchProps) {
  return (
    <Field label={label} layout="row" {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <Primitive.Root {...control} className={styles['switch']} checked={checked} onCheckedChange={onCheckedChange}>
          <Primitive.Thumb className={styles['thumb']} />
        </Primitive.Root>
      )}
    </Field>
  );
}
