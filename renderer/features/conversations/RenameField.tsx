import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import styles from './RenameField.module.css';

/** The contract's limit for a title. */
const longestTitle = 200;

export interface RenameFieldProps {
  readonly title: string;
  /** Called once; null when nothing is to change. */
  readonly onDone: (title: string | null) => void;
}

/** A conversation's title, being changed in its place. Enter or leaving keeps it, Escape does not. */
export function RenameField({ title, onDone }: RenameFieldProps) {
  const [text, setText] = useState(title);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    // The menu that began this gives the focus back to its button first.
    const timer = setTimeout(() => input.current?.select(), 0);
    return () => clearTimeout(timer);
  }, []);

  const finish = (keep: boolean): void => {
    if (done.current) return;
    done.current = true;
    const next = text.trim();
    onDone(keep && next !== '' && next !== title ? next : null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') finish(true);
    else if (event.key === 'Escape') {
      event.stopPropagation();
      finish(false);
    }
  };
  return (
    <input
      ref={input}
      className={styles['input']}
      aria-label="Title"
      maxLength={longestTitle}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={onKeyDown}
    />
  );
}
