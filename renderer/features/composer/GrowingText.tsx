import { type ComponentProps, useLayoutEffect, useRef } from 'react';
import styles from './GrowingText.module.css';

interface GrowingTextProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'ref'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field that is as high as its text, up to 40 % of the window; then it scrolls. */
export function GrowingText({ value, onChange, ...rest }: GrowingTextProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [value]);
  return (
    <textarea
      ref={field}
      rows={1}
      dir="auto"
      spellCheck
      className={styles['field']}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  );
}
