import type { ComponentProps } from 'react';
import styles from './SearchInput.module.css';

/** Where words to find are typed, on top of what is found. */
export function SearchInput(props: Omit<ComponentProps<'input'>, 'type' | 'className'>) {
  return <input type="search" className={styles['input']} {...props} />;
}
