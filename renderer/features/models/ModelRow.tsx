import { Check } from 'lucide-react';
import type { Model } from '../../../electron/shared/models.ts';
import { Button } from '../../components/Button.tsx';
import styles from './ModelRow.module.css';
import { factWords } from './modelFacts.ts';
import { ModelVerdict } from './ModelVerdict.tsx';
import { useSwitchModel } from './useSwitchModel.ts';

export interface ModelRowProps {
  readonly model: Model;
  /** It is in memory or on its way there. */
  readonly active: boolean;
}

/** One model of the menu that is here, to go on with. */
export function ModelRow({ model, active }: ModelRowProps) {
  const switchModel = useSwitchModel();
  return (
    <li className={styles['row']} aria-current={active ? 'true' : undefined}>
      <div className={styles['facts']}>
        <p className={styles['name']}>{model.name}</p>
        <p className={styles['detail']}>{factWords(model)}</p>
        {!active && model.server === undefined && <ModelVerdict modelId={model.id} />}
      </div>
      {active ? (
        <span className={styles['inUse']}>
          <Check size={16} aria-hidden="true" />
          In use
        </span>
      ) : (
        <Button size="small" aria-label={`Use ${model.name}`} onClick={() => switchModel(model)}>
          Use
        </Button>
      )}
    </li>
  );
}
