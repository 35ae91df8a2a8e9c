import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import { RoomFor } from '../../components/RoomFor.tsx';
import styles from './ModelVerdict.module.css';
import { useEstimate } from './useEstimate.ts';
import { longestVerdict, verdictWords } from './verdictWords.ts';

const icons = { good: CircleCheck, warning: CircleAlert, danger: CircleX } as const;

interface ModelVerdictProps {
  readonly modelId: string;
  /** Keeps room for the longest verdict while it is worked out, where something stands below it. */
  readonly roomy?: boolean;
}

/** Whether a model fits into this computer's memory. Keeps its place while that is worked out, so that nothing jumps. */
export function ModelVerdict({ modelId, roomy = false }: ModelVerdictProps) {
  const estimate = useEstimate(modelId);
  const verdict = estimate === null ? null : verdictWords(estimate);
  const Icon = verdict === null ? null : icons[verdict.tone];
  const text = verdict?.text ?? '';
  return (
    <p className={styles['verdict']} aria-hidden={verdict === null}>
      {Icon === null || verdict === null ? (
        <span className={styles['icon']} />
      ) : (
        <Icon size={16} aria-hidden="true" className={styles[verdict.tone]} />
      )}
      {roomy ? <RoomFor longest={longestVerdict}>{text}</RoomFor> : <span>{text}</span>}
    </p>
  );
}
