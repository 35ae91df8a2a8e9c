import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Field } from './Field.tsx';
import styles from './Select.module.css';
import { documentNonce } from './documentNonce.ts';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
}

export interface SelectProps<V extends string> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly value: V;
  /** Values must not be empty. */
  readonly options: readonly SelectOption<V>[];
  readonly onValueChange: (value: V) => void;
}

/** One of a few. */
export function Select<V extends string>({ label, hint, error, value, options, onValueChange }: SelectProps<V>) {
  const nonce = documentNonce();
  return (
    <Field label={label} layout="row" {...(hint === undefined ? {} : { hint })} {...(error === undefined ? {} : { error })}>
      {(control) => (
        <Primitive.Root value={value} onValueChange={(next) => onValueChange(next as V)}>
          <Primitive.Trigger {...control} className={styles['trigger']}>
            <Primitive.Value />
            <Primitive.Icon>
              <ChevronDown size={16} />
            </Primitive.Icon>
          </Primitive.Trigger>
          <Primitive.Portal>
            <Primitive.Content className={styles['content']} position="popper" sideOffset={4} collisionPadding={8}>
              <Primitive.Viewport {...(nonce === undefined ? {} : { nonce })}>
                {options.map((option) => (
                  <Primitive.Item key={option.value} value={option.value} className={styles['item']}>
                    <Primitive.ItemText>{option.label}</Primitive.ItemText>
                    <Primitive.ItemIndicator>
                      <Check size={16} />
                    </Primitive.ItemIndicator>
                  </Primitive.Item>
                ))}
              </Primitive.Viewport>
            </Primitive.Content>
          </Primitive.Portal>
        </Primitive.Root>
      )}
    </Field>
  );
}
