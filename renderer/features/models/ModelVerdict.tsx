import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import styles from './ModelVerdict.module.css';
import { useEstimate } from './useEstimate.ts';
import { verdictWords } from './verdictWords.ts';

const icons = { good: CircleCheck, warning: CircleAlert, danger: CircleX } as const;

/** Whether a model fits into this computer's memory. Keeps its line while that is worked out, so that nothing jumps. */
export function ModelVerdict({ modelId }: { readonly modelId: string }) {
  const estimate = useEstimate(modelId);
  if (estimate === null) return <p className={styles['verdict']} aria-hidden="true" />;
  const { tone, text } = verdictWords(estimate);
  const Icon = icons[tone];
  return (
    <p className={styles['verdict']}>
      <Icon size={16} aria-hidden="true" className={styles[tone]} />
      <span>{text}</span>
    </p>
  );
}
