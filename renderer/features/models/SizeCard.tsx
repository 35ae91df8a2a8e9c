import { CircleAlert, CircleCheck, CircleX, Eye, Gauge, HardDriveDownload, ScrollText, Type } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import type { EngineState, Model } from '../../../electron/shared/models.ts';
import { classNames } from '../../components/classNames.ts';
import { cardFacts } from './cardFacts.ts';
import { pickFocused } from './pickFocused.ts';
import { sees } from './modelFacts.ts';
import type { PickerEntry } from './pickerEntries.ts';
import styles from './SizeCard.module.css';
import tones from './StateTone.module.css';
import { stateWords } from './stateWords.ts';

const verdictIcons = { good: CircleCheck, warning: CircleAlert, danger: CircleX } as const;

export interface SizeCardProps {
  readonly entry: PickerEntry;
  /** The variant that the card is about. */
  readonly model: Model;
  readonly estimate: ModelEstimate | null;
  readonly engine: EngineState;
  readonly recommended: boolean;
  /** Without the facts that matter for sizes only. */
  readonly compact?: boolean;
}

/** One size, or one model, to pick: the facts by which people choose. A radio button; what is picked is explained below the cards. */
export function SizeCard({ entry, model, estimate, engine, recommended, compact = false }: SizeCardProps) {
  const id = useId();
  const { verdict, speed, sight, context, size } = cardFacts(model, estimate);
  const state = stateWords(model, engine);
  return (
    <RadioGroup.Item
      value={entry.key}
      className={classNames(styles['card'], compact && styles['compact'])}
      onFocus={pickFocused}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-facts`}
    >
      <span className={styles['title']}>
        <span id={`${id}-name`}>{entry.title}</span>
        {recommended && <span className={styles['recommended']}>Recommended</span>}
      </span>
      <span id={`${id}-facts`} className={styles['facts']}>
        <span className={classNames(styles['state'], tones[state.tone])}>{state.text}</span>
        <Verdict verdict={verdict} server={model.server?.host ?? null} />
        {model.server === undefined && (
          <>
            {!compact && <Fact icon={<Gauge size={16} />}>{speed ?? 'Speed not measured'}</Fact>}
            <Fact icon={sees(model) ? <Eye size={16} /> : <Type size={16} />}>{sight}</Fact>
            {!compact && <Fact icon={<ScrollText size={16} />}>{context}</Fact>}
            {!compact && size !== '' && <Fact icon={<HardDriveDownload size={16} />}>{size}</Fact>}
          </>
        )}
      </span>
    </RadioGroup.Item>
  );
}

/** Keeps its line while that is worked out, so that nothing jumps. */
function Verdict({ verdict, server }: { readonly verdict: ReturnType<typeof cardFacts>['verdict']; readonly server: string | null }) {
  if (server !== null) return <span className={styles['verdict']}>{`Runs on ${server}`}</span>;
  const Icon = verdictIcons[verdict?.tone ?? 'good'];
  return (
    <span className={classNames(styles['verdict'], verdict !== null && styles[verdict.tone])}>
      {verdict !== null && <Icon size={16} aria-hidden="true" />}
      {verdict?.text}
    </span>
  );
}

function Fact({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <span className={styles['fact']}>
      <span aria-hidden="true">{icon}</span>
      {children}
    </span>
  );
}
