import type { ComponentProps, ReactNode } from 'react';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';
import { classNames } from './classNames.ts';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label' | 'title'> {
  /** Accessible name and tooltip. */
  readonly label: string;
  /** Shown in the tooltip, such as `Ctrl N`. */
  readonly shortcut?: string;
  readonly size?: 'medium' | 'small';
  /** A lucide icon of 16 or 20 px. */
  readonly children: ReactNode;
}

/** A square button with an icon; its name is read out and shown as a tooltip. */
export function IconButton({ label, shortcut, size = 'medium', className, children, type = 'button', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <button type={type} aria-label={label} className={classNames(styles['button'], styles[size], className)} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
}
