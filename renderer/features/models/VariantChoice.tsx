import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import type { EngineState, Model } from '../../../electron/shared/models.ts';
import { classNames } from '../../components/classNames.ts';
import { cardFacts } from './cardFacts.ts';
import { pickFocused } from './pickFocused.ts';
import { stateWords } from './stateWords.ts';
import { variantWords } from './variantWords.ts';
import styles from './VariantChoice.module.css';
import tones from './StateTone.module.css';

export interface VariantChoiceProps {
  readonly variants: readonly Model[];
  readonly estimates: ReadonlyMap<string, ModelEstimate>;
  readonly engine: EngineState;
  /** Id of the one that is explained. */
  readonly value: string;
  readonly onValueChange: (id: string) => void;
}

/** The files of one size: how exact they are, what they take and whether they are here. */
export function VariantChoice({ variants, estimates, engine, value, onValueChange }: VariantChoiceProps) {
  const id = useId();
  return (
    <section className={styles['variants']} aria-labelledby={id}>
      <h3 id={id} className={styles['heading']}>
        Variants
      </h3>
      <RadioGroup.Root className={styles['list']} aria-labelledby={id} value={value} onValueChange={onValueChange}>
        {variants.map((model) => {
          const { name, means } = variantWords(model);
          const { verdict, size } = cardFacts(model, estimates.get(model.id) ?? null);
          const state = stateWords(model, engine);
          return (
            <RadioGroup.Item
              key={model.id}
              value={model.id}
              className={styles['variant'] ?? ''}
              onFocus={pickFocused}
              aria-label={`${name}: ${means}`}
            >
              <span className={styles['dot']} aria-hidden="true" />
              <span className={styles['name']}>{name}</span>
              <span className={styles['size']}>{size}</span>
              <span className={styles['means']}>
                {means}
                {verdict !== null && ` · ${verdict.text}`}
              </span>
              <span className={classNames(styles['state'], tones[state.tone])}>{state.text === 'Not here' ? '' : state.text}</span>
            </RadioGroup.Item>
          );
        })}
      </RadioGroup.Root>
    </section>
  );
}
