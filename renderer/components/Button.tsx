import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { classNames } from './classNames.ts';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** `primary` at most once in a view; `danger` for what cannot be undone. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'medium' | 'small';
  /** A lucide icon of 16 px. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A button with words. For an icon alone take IconButton. */
export function Button({ variant = 'secondary', size = 'medium', icon, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={classNames(styles['button'], styles[variant], styles[size], className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}
