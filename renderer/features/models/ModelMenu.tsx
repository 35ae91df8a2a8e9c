import { FilePlus2, Layers } from 'lucide-react';
import { useState } from 'react';
import type { AppState } from '../../../electron/shared/appState.ts';
import { Button } from '../../components/Button.tsx';
import { LoadedModel } from './LoadedModel.tsx';
import styles from './ModelMenu.module.css';
import { ModelRow } from './ModelRow.tsx';
import { bySize, withoutTwins, withoutVariants } from './modelFacts.ts';
import { activeModelId } from './modelWords.ts';
import { allOffers } from './recommendedModels.ts';
import { useDownload } from './useDownload.tsx';

export interface ModelMenuProps {
  readonly app: Pick<AppState, 'engine' | 'models'>;
  readonly onImport: () => void;
}

/** What hangs on the model button: what is in memory, and every model there is. */
export function ModelMenu({ app: { engine, models }, onImport }: ModelMenuProps) {
  const { start, dialog } = useDownload();
  const [allShown, setAllShown] = useState(false);
  const recommendedId = allOffers(models).find(({ recommended }) => recommended)?.model.id;
  const active = activeModelId(engine);
  const all = bySize(withoutTwins(models));
  const few = withoutVariants(all);
  return (
    <div className={styles['menu']}>
      <LoadedModel engine={engine} models={models} />
      <ul className={styles['list']} aria-label="Models">
        {(allShown ? all : few).map((model) => (
          <ModelRow
            key={model.id}
            model={model}
            models={models}
            active={model.id === active && engine.kind !== 'failed'}
            recommended={model.id === recommendedId}
            onDownload={start}
          />
        ))}
      </ul>
      {all.length > few.length && (
        <Button
          variant="quiet"
          icon={<Layers size={16} />}
          className={styles['add']}
          aria-expanded={allShown}
          onClick={() => setAllShown(!allShown)}
        >
          {allShown ? 'Fewer variants' : 'More variants'}
        </Button>
      )}
      <Button variant="quiet" icon={<FilePlus2 size={16} />} className={styles['add']} onClick={onImport}>
        Add a model file…
      </Button>
      {dialog}
    </div>
  );
}
