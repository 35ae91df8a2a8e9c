import { ArrowDownToLine } from 'lucide-react';
import type { AppState } from '../../../electron/shared/appState.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { DownloadRow } from './DownloadRow.tsx';
import styles from './DownloadsPanel.module.css';
import { downloadsOf } from './downloadsOf.ts';
import { useDownload } from './useDownload.tsx';

/** Everything on its way here: how far, how fast, how long still; to pause, go on or give up. */
export function DownloadsPanel({ app: { models, settings } }: { readonly app: Pick<AppState, 'models' | 'settings'> }) {
  const { start, dialog } = useDownload();
  const downloads = downloadsOf(models);
  return (
    <>
      {settings.offline && downloads.length > 0 && <p>Facet is set to stay offline. Downloads go on when that is switched off.</p>}
      {downloads.length === 0 ? (
        <EmptyState icon={<ArrowDownToLine size={20} />} title="Nothing is on its way">
          Models that you download come one after the other. They go on where they stopped, also after a restart.
        </EmptyState>
      ) : (
        <ul className={styles['list']} aria-label="Downloads">
          {downloads.map((model) => (
            <li key={model.id}>
              <DownloadRow model={model} models={models} offline={settings.offline} onDownload={start} />
            </li>
          ))}
        </ul>
      )}
      {dialog}
    </>
  );
}
