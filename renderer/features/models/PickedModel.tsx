import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import type { EngineState, Model } from '../../../electron/shared/models.ts';
import { sentenceCase } from '../../../electron/shared/sentenceCase.ts';
import { Button } from '../../components/Button.tsx';
import { useApp } from '../../state/useFacet.ts';
import type { UndoOffers } from '../../state/useUndoNote.tsx';
import { MemoryBar } from './MemoryBar.tsx';
import { ModelAction } from './ModelAction.tsx';
import { modelAdvice } from './modelAdvice.ts';
import { ModelDetails } from './ModelDetails.tsx';
import { ModelDownload } from './ModelDownload.tsx';
import { ModelError } from './ModelError.tsx';
import { isInstalled } from './modelFacts.ts';
import styles from './PickedModel.module.css';
import type { PickerEntry } from './pickerEntries.ts';
import { SpeedFacts } from './SpeedFacts.tsx';
import { type Machine, speedOf } from './useMachine.ts';
import { useModelActions } from './useModelActions.ts';
import { VariantChoice } from './VariantChoice.tsx';
import { variantWords } from './variantWords.ts';

export interface PickedModelProps {
  /** Of its element. */
  readonly id: string;
  readonly entry: PickerEntry;
  readonly model: Model;
  readonly models: readonly Model[];
  readonly engine: EngineState;
  readonly estimates: ReadonlyMap<string, ModelEstimate>;
  readonly machine: Machine;
  /** Why it is recommended; null when it is not. */
  readonly why: string | null;
  readonly onVariant: (id: string) => void;
  readonly onDownload: (model: Model) => void;
  readonly offerUndo: UndoOffers['offer'];
}

/** The picked model in full: why, what it takes of this computer, its variants, and the one thing to do. */
export function PickedModel(props: PickedModelProps) {
  const { id, entry, model, models, engine, estimates, machine, why, onVariant, onDownload, offerUndo } = props;
  const nameId = useId();
  const { goOnline } = useModelActions();
  const offline = useApp(({ app }) => app?.settings.offline ?? false);
  const estimate = estimates.get(model.id) ?? null;
  const advice = modelAdvice(model, { estimate, machine: machine.facts, offline });
  const blocked = advice.some(({ kind }) => kind === 'offline' || kind === 'diskFull');
  const begun = !isInstalled(model) && model.state.kind !== 'available';
  const failed = engine.kind === 'failed' && engine.modelId === model.id;
  const variant = entry.variants.length > 1 ? ` · ${variantWords(model).name}` : '';
  return (
    <section id={id} className={styles['panel']} aria-labelledby={nameId}>
      <header className={styles['head']}>
        <div className={styles['words']}>
          <h2 id={nameId} className={styles['name']}>
            {`${model.name}${variant}`}
          </h2>
          {why !== null && <p className={styles['why']}>{`Recommended. ${why}`}</p>}
          {model.notes.map((note) => (
            <p key={note} className={styles['note']}>
              {sentenceCase(note)}
            </p>
          ))}
        </div>
        <ModelAction
          model={model}
          models={models}
          engine={engine}
          estimate={estimate}
          blocked={blocked}
          onDownload={onDownload}
          offerUndo={offerUndo}
        />
      </header>
      {failed && <ModelError error={engine.error} />}
      {advice.map(({ kind, text }) => (
        <div key={kind} className={styles['advice']}>
          <TriangleAlert size={16} aria-hidden="true" />
          <p>{text}</p>
          {kind === 'offline' && (
            <Button size="small" onClick={() => void goOnline()}>
              Allow the network
            </Button>
          )}
        </div>
      ))}
      {begun && <ModelDownload model={model} models={models} onDownload={onDownload} disabled={blocked} />}
      {model.server === undefined && <SpeedFacts speed={speedOf(machine.speeds, model)} />}
      <div className={styles['columns']}>
        {estimate !== null && <MemoryBar estimate={estimate} />}
        {entry.variants.length > 1 && (
          <VariantChoice variants={entry.variants} estimates={estimates} engine={engine} value={model.id} onValueChange={onVariant} />
        )}
      </div>
      <details className={styles['files']}>
        <summary>Files and licence</summary>
        <ModelDetails model={model} />
      </details>
    </section>
  );
}
