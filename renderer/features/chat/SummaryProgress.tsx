import { useStore } from 'zustand';
import { Button } from '../../components/Button.tsx';
import { useFacet } from '../../state/useFacet.ts';
import { StalledEngine } from '../models/StalledEngine.tsx';
import styles from './SummaryProgress.module.css';

/** The summary that is being written for this conversation, as it comes, with the way to stop it. */
export function SummaryProgress({ conversationId }: { readonly conversationId: string }) {
  const { compact } = useFacet();
  const writing = useStore(compact.store, (slice) => slice.writing);
  if (writing?.conversationId !== conversationId) return null;
  const { text, part, parts } = writing;
  return (
    <section className={styles['place']} aria-label="Summary being written" aria-busy="true">
      <div className={styles['card']}>
        <div className={styles['head']}>
          <p role="status">{parts > 1 ? `Summarising earlier messages, part ${part} of ${parts}` : 'Summarising earlier messages'}</p>
          <Button size="small" variant="quiet" onClick={() => compact.stop()}>
            Stop
          </Button>
        </div>
        {text !== '' && (
          <p className={styles['text']} dir="auto">
            {text}
          </p>
        )}
        <StalledEngine />
      </div>
    </section>
  );
}
