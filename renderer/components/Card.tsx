import type { ComponentProps } from 'react';
import styles from './Card.module.css';
import { classNames } from './classNames.ts';

export interface CardProps extends ComponentProps<'section'> {
  /** `selected` draws the accent border: the one that is recommended or chosen. */
  readonly selected?: boolean;
}

/** A bordered surface. */
export function Card({ selected = false, className, ...rest }: CardProps) {
  return <section className={classNames(styles['card'], selected && styles['selected'], className)} {...rest} />;
}
