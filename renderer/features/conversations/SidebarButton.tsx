import type { ReactNode } from 'react';
import styles from './SidebarButton.module.css';

export interface SidebarButtonProps {
  readonly icon: ReactNode;
  /** A shortcut or a number at the end of the line. */
  readonly end: ReactNode;
  readonly onClick: () => void;
  readonly children: string;
}

/** A full-width line of the sidebar. */
export function SidebarButton({ icon, end, onClick, children }: SidebarButtonProps) {
  return (
    <button type="button" className={styles['button']} onClick={onClick}>
      {icon}
      <span className={styles['label']}>{children}</span>
      <span className={styles['end']} aria-hidden="true">
        {end}
      </span>
    </button>
  );
}
