import { ArrowDown, FilePlus2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { AppState } from '../../../electron/shared/appState.ts';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import type { MachineFacts } from '../../../electron/shared/machine.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { Button } from '../../components/Button.tsx';
import { useUndoNote } from '../../state/useUndoNote.tsx';
import { ModelError } from './ModelError.tsx';
import styles from './ModelPicker.module.css';
import { isInstalled } from './modelFacts.ts';
import { activeModelId } from './modelWords.ts';
import { PickedModel } from './PickedModel.tsx';
import { entryOf, pickerEntries, type PickerEntry } from './pickerEntries.ts';
import { recommendModel } from './recommendModel.ts';
import { SizeChoice } from './SizeChoice.tsx';
import { useDownload } from './useDownload.tsx';
import { useEstimates } from './useEstimates.ts';
import { useMachine } from './useMachine.ts';

export interface PickerPanelProps {
  readonly app: Pick<AppState, 'engine' | 'models' | 'settings'>;
  readonly onImport: () => void;
}

/** Every size and every other model with what this computer makes of it; the picked one in full below. */
export function PickerPanel({ app: { engine, models, settings }, onImport }: PickerPanelProps) {
  const { start, dialog } = useDownload();
  const machine = useMachine();
  const entries = pickerEntries(models, { engine, modelId: settings.modelId });
  const cards = [...entries.sizes, ...entries.others];
  const estimates = useEstimates(
    cards
      .flatMap(({ variants }) => variants)
      .filter(isEstimable)
      .map(({ id }) => id),
  );
  const recommended = recommendModel(models, estimates);
  const [pickedKey, setPickedKey] = useState<string | null>(null);
  const [variants, setVariants] = useState<Readonly<Record<string, string>>>({});
  const pickedId = useId();
  const { offer, note } = useUndoNote();

  const modelOf = (entry: PickerEntry): Model => entry.variants.find(({ id }) => id === variants[entry.key]) ?? entry.shown;
  const picked =
    cards.find(({ key }) => key === pickedKey) ??
    entryOf(entries, activeModelId(engine) ?? settings.modelId) ??
    entryOf(entries, recommended?.modelId ?? null) ??
    cards[0];
  if (picked === undefined) return <p>There is no model to choose.</p>;
  const model = modelOf(picked);
  const restarting = engine.kind === 'restarting';
  return (
    <div className={styles['panel']}>
      {machine.facts !== null && <p className={styles['machine']}>{machineWords(machine.facts)}</p>}
      {restarting && <p role="status">The engine stopped and is starting again. Nothing was lost.</p>}
      {engine.kind === 'failed' && engine.modelId !== model.id && <ModelError error={engine.error} />}
      <SizeChoice
        entries={entries}
        value={picked.key}
        onValueChange={setPickedKey}
        modelOf={modelOf}
        estimates={estimates}
        engine={engine}
        recommendedId={recommended?.modelId ?? null}
      />
      <Button
        icon={<ArrowDown size={16} />}
        className={styles['toPicked']}
        onClick={() => document.getElementById(pickedId)?.scrollIntoView({ block: 'start' })}
      >
        {`About ${model.name}`}
      </Button>
      {note}
      <PickedModel
        id={pickedId}
        entry={picked}
        model={model}
        models={models}
        engine={engine}
        estimates={estimates}
        machine={machine}
        why={recommended?.modelId === model.id ? recommended.why : null}
        onVariant={(id) => setVariants({ ...variants, [picked.key]: id })}
        onDownload={start}
        offerUndo={offer}
      />
      <Button variant="quiet" icon={<FilePlus2 size={16} />} className={styles['add']} onClick={onImport}>
        Add a model file…
      </Button>
      {dialog}
    </div>
  );
}

/** Of a server's model nothing is known here, and of a file without a size only once it is here. */
function isEstimable(model: Model): boolean {
  return model.server === undefined && (model.size !== 'custom' || isInstalled(model));
}

function machineWords({ processor, threads, memory, freeMemory, freeDisk }: MachineFacts): string {
  const disk = freeDisk === null ? '' : ` · ${bytesInWords(freeDisk)} free on the disk`;
  return `This computer: ${bytesInWords(freeMemory)} of ${bytesInWords(memory)} memory free${disk} · ${processor === '' ? '' : `${processor}, `}${threads} threads`;
}
