import { Dialog } from '../components/Dialog.tsx';
import { Kbd } from '../components/Kbd.tsx';
import { useApp, useFacet, useView } from '../state/useFacet.ts';
import { shortcutHelp, writtenKeys } from './shortcuts.ts';
import styles from './ShortcutsDialog.module.css';

export function ShortcutsDialog() {
  const { view } = useFacet();
  const open = useView(({ overlay }) => overlay === 'shortcuts');
  const platform = useApp(({ description }) => description?.platform);
  return (
    <Dialog open={open} onOpenChange={(shown) => view.show(shown ? 'shortcuts' : 'none')} title="Keyboard">
      {shortcutHelp.map(({ group, shortcuts }) => (
        <section key={group} className={styles['group']}>
          <h3 className={styles['title']}>{group}</h3>
          <dl className={styles['list']}>
            {shortcuts.map(({ keys, does }) => (
              <div key={keys} className={styles['row']}>
                <dt>{does}</dt>
                <dd>
                  <Kbd keys={writtenKeys(keys, platform)} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
