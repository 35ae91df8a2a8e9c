import { Kbd } from './Kbd.tsx';
import styles from './Menu.module.css';
import type { MenuAction } from './menuEntry.ts';

/** Icon, words and shortcut of one menu item. */
export function MenuActionContent({ action }: { readonly action: MenuAction }) {
  return (
    <>
      <span className={styles['icon']} aria-hidden="true">
        {action.icon}
      </span>
      <span className={styles['label']}>{action.label}</span>
      {action.shortcut !== undefined && <Kbd keys={action.shortcut} />}
    </>
  );
}
