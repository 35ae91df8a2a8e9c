import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { type ModelEstimate, roomFor } from '../../../electron/shared/modelEstimate.ts';
import { formatNumber } from '../../components/numberText.ts';
import { StackedBar, type StackedPart } from '../../components/StackedBar.tsx';
import { estimatedParts } from './memoryParts.ts';
import styles from './PickedModel.module.css';
import { takenWords } from './verdictWords.ts';

const tones: Readonly<Record<string, StackedPart['tone']>> = {
  Model: 'first',
  'Conversation, all of it': 'second',
  'Conversation, last part': 'third',
  'Working space': 'fourth',
  Pictures: 'fifth',
  'Kept for going back': 'reserved',
};

/** What a model would take of the memory that is free, part by part. */
export function MemoryBar({ estimate }: { readonly estimate: ModelEstimate }) {
  const { memory, total, contextTokens, largestContext } = estimate;
  const room = roomFor(estimate);
  const whole = Math.max(total, room);
  const left = room - total;
  return (
    <section className={styles['block']} aria-label="Memory">
      <h3 className={styles['heading']}>
        Memory <span className={styles['aside']}>{takenWords(estimate)}</span>
      </h3>
      <StackedBar
        parts={[
          ...estimatedParts(memory).map(({ name, bytes }) => ({
            name,
            share: bytes / whole,
            amount: bytesInWords(bytes),
            tone: tones[name] ?? 'fourth',
          })),
          left >= 0
            ? { name: 'Stays free', share: left / whole, amount: bytesInWords(left), tone: 'free' as const }
            : { name: 'Missing', share: 0, amount: bytesInWords(-left), tone: 'missing' as const },
        ]}
      />
      <p className={styles['note']}>
        {`With a context of ${formatNumber(contextTokens)} tokens. `}
        {largestContext > 0 ? `Up to ${formatNumber(largestContext)} fit now.` : 'No context fits now.'}
      </p>
    </section>
  );
}
