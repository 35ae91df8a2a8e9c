import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Switch } from '../../components/Switch.tsx';
import { sentence } from '../../state/sentence.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import settings from '../settings/SettingsDialog.module.css';
import { useSettings } from '../settings/useSettings.ts';
import { AddServerForm } from './AddServerForm.tsx';
import styles from './ServerSettings.module.css';

/** Models that run on another computer, for questions that this one is too small for. */
export function ServerSettings() {
  const { client, view } = useFacet();
  const { settings: current, update } = useSettings();
  const models = useApp(({ app }) => app?.models ?? null);
  const served = (models ?? []).filter(({ server }) => server !== undefined);
  const [leaving, setLeaving] = useState<{ readonly id: string; readonly name: string; readonly host: string } | null>(null);
  const remove = (id: string): void => {
    client.request('model.remove', { id }).catch((error: unknown) => view.notify(sentence(toErrorData(error))));
  };
  return (
    <>
      <section className={settings['group']}>
        <Switch
          label="Stay offline"
          hint="Nothing is downloaded and nothing is sent to other computers, whatever else is chosen."
          checked={current.offline}
          onCheckedChange={(offline) => update({ offline })}
        />
      </section>
      <section className={settings['group']}>
        <p className={settings['note']}>
          A large Gemma 3 can run on a server of yours. Facet still reads and cuts everything here, and sends what a question needs. You are
          asked once for each chat before any of it leaves this computer.
        </p>
        {served.length > 0 && (
          <ul className={styles['list']} aria-label="Servers">
            {served.map(({ id, name, server }) => (
              <li key={id} className={styles['row']}>
                <span className={styles['names']}>
                  <span className={styles['name']}>{name}</span>
                  <span className={settings['note']}>{server?.host}</span>
                </span>
                <IconButton
                  label={`Remove ${name} on ${server?.host ?? ''}`}
                  onClick={() => setLeaving({ id, name, host: server?.host ?? '' })}
                >
                  <Trash2 size={16} />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <AddServerForm />
        <ConfirmDialog
          open={leaving !== null}
          onOpenChange={(open) => {
            if (!open) setLeaving(null);
          }}
          title={`Remove ${leaving?.name ?? ''}?`}
          body={`Facet forgets ${leaving?.host ?? ''}, its key, and which chats may be sent there. Chats and answers stay.`}
          confirmLabel="Remove"
          tone="danger"
          onConfirm={() => {
            if (leaving !== null) remove(leaving.id);
          }}
        />
      </section>
    </>
  );
}
