import { CircleCheck } from 'lucide-react';
import type { ModelCheck } from '../../../electron/shared/models.ts';
import { sentenceCase } from '../../../electron/shared/sentenceCase.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { formatNumber } from '../../components/numberText.ts';
import styles from './ModelCheckResult.module.css';

/** What Facet found in a model file. */
export function ModelCheckResult({ result }: { readonly result: ModelCheck }) {
  const { ok, kind, facts, warnings, message, code } = result;
  if (!ok) return <ErrorCard what={message} doNext="Choose another file, or download the model again." details={code} />;
  if (kind === 'projector') {
    return (
      <ErrorCard
        tone="warning"
        what="This is the vision part of a model."
        doNext="Choose the file of the model itself, and give this one below it."
      />
    );
  }
  return (
    <div className={styles['result']} role="status">
      <CircleCheck size={16} aria-hidden="true" className={styles['icon']} />
      <div>
        <p className={styles['name']}>
          {facts === null ? message : [facts.name, ...(kind === 'search' ? [] : [facts.size]), facts.quantisation].join(' · ')}
        </p>
        {facts !== null && (
          <p className={styles['detail']}>
            {kind === 'search'
              ? 'Searches documents by meaning. It writes no answers.'
              : `Reads at most ${formatNumber(facts.contextLimit)} tokens. ${facts.hasChatTemplate ? 'Instruction-tuned.' : 'Pretrained checkpoint: short answers only.'}`}
          </p>
        )}
        {warnings.map((warning) => (
          <p key={warning} className={styles['detail']}>
            {sentenceCase(warning)}
          </p>
        ))}
      </div>
    </div>
  );
}
