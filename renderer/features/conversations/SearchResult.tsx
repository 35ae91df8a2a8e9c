import { useEffect, useRef } from 'react';
import { classNames } from '../../components/classNames.ts';
import styles from './SearchPanel.module.css';
import type { SearchChoice } from './searchChoices.ts';

export interface SearchResultProps {
  readonly id: string;
  readonly choice: SearchChoice;
  readonly active: boolean;
  readonly onActive: () => void;
  readonly onOpen: () => void;
}

/** One result with its words marked. */
export function SearchResult({ id, choice, active, onActive, onOpen }: SearchResultProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) item.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <li
      ref={item}
      id={id}
      role="option"
      aria-selected={active}
      className={classNames(styles['result'], active && styles['active'])}
      onPointerMove={active ? undefined : onActive}
      onClick={onOpen}
    >
      <bdi className={styles['title']}>{choice.title}</bdi>
      {choice.excerpt.length > 0 && (
        <bdi className={styles['excerpt']}>
          {choice.excerpt.map(({ text, hit }, index) => (hit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>))}
        </bdi>
      )}
    </li>
  );
}
