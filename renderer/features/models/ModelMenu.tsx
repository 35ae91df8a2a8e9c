import { Boxes, FilePlus2 } from 'lucide-react';
import type { AppState } from '../../../electron/shared/appState.ts';
import { Button } from '../../components/Button.tsx';
import { DownloadRow } from './DownloadRow.tsx';
import { downloadsOf } from './downloadsOf.ts';
import { LoadedModel } from './LoadedModel.tsx';
import styles from './ModelMenu.module.css';
import { ModelRow } from './ModelRow.tsx';
import { answering, bySize, isInstalled } from './modelFacts.ts';
import { activeModelId } from './modelWords.ts';
import { StalledEngine } from './StalledEngine.tsx';
import { useDownload } from './useDownload.tsx';

export interface ModelMenuProps {
  readonly app: Pick<AppState, 'engine' | 'models' | 'settings'>;
  readonly onImport: () => void;
  readonly onAll: () => void;
}

/** What hangs on the model button: what is in memory, what else is here, what is on its way. Everything else is in the picker. */
export function ModelMenu({ app: { engine, models, settings }, onImport, onAll }: ModelMenuProps) {
  const { start, dialog } = useDownload();
  const active = activeModelId(engine);
  const here = bySize(answering(models).filter(isInstalled));
  const downloads = downloadsOf(models);
  return (
    <div className={styles['menu']}>
      <LoadedModel engine={engine} models={models} />
      <StalledEngine />
      <ul className={styles['list']} aria-label="Models">
        {here.map((model) => (
          <ModelRow key={model.id} model={model} active={model.id === active && engine.kind !== 'failed'} />
        ))}
      </ul>
      {downloads.length > 0 && (
        <ul className={styles['downloads']} aria-label="Downloads">
          {downloads.map((model) => (
            <li key={model.id}>
              <DownloadRow model={model} models={models} offline={settings.offline} onDownload={start} />
            </li>
          ))}
        </ul>
      )}
      <div className={styles['more']}>
        <Button variant="quiet" icon={<Boxes size={16} />} onClick={onAll}>
          All models…
        </Button>
        <Button variant="quiet" icon={<FilePlus2 size={16} />} onClick={onImport}>
          Add a model file…
        </Button>
      </div>
      {dialog}
    </div>
  );
}
