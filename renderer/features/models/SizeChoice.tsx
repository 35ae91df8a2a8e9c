import { RadioGroup } from 'radix-ui';
import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import type { EngineState, Model } from '../../../electron/shared/models.ts';
import styles from './ModelPicker.module.css';
import type { PickerEntries, PickerEntry } from './pickerEntries.ts';
import { SizeCard } from './SizeCard.tsx';

export interface SizeChoiceProps {
  readonly entries: PickerEntries;
  /** Key of the picked card. */
  readonly value: string;
  readonly onValueChange: (key: string) => void;
  /** The variant that a card is about. */
  readonly modelOf: (entry: PickerEntry) => Model;
  readonly estimates: ReadonlyMap<string, ModelEstimate>;
  readonly engine: EngineState;
  readonly recommendedId: string | null;
}

/** The sizes side by side, and what else is here below them; one choice, walked with the arrow keys. */
export function SizeChoice({ entries, value, onValueChange, modelOf, estimates, engine, recommendedId }: SizeChoiceProps) {
  const card = (entry: PickerEntry, compact: boolean) => {
    const model = modelOf(entry);
    return (
      <SizeCard
        key={entry.key}
        entry={entry}
        model={model}
        estimate={estimates.get(model.id) ?? null}
        engine={engine}
        compact={compact}
        recommended={entry.variants.some(({ id }) => id === recommendedId)}
      />
    );
  };
  return (
    <RadioGroup.Root className={styles['choice']} aria-label="Models" value={value} onValueChange={onValueChange}>
      <div className={styles['sizes']}>{entries.sizes.map((entry) => card(entry, false))}</div>
      {entries.others.length > 0 && (
        <>
          <p className={styles['group']}>Also here</p>
          <div className={styles['others']}>{entries.others.map((entry) => card(entry, true))}</div>
        </>
      )}
    </RadioGroup.Root>
  );
}
