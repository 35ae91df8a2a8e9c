import { ChevronDown, ListCollapse } from 'lucide-react';
import { useId, useState } from 'react';
import type { Compaction } from '../../../electron/shared/conversations.ts';
import { Button } from '../../components/Button.tsx';
import { useFacet } from '../../state/useFacet.ts';
import styles from './SummaryCard.module.css';

interface SummaryCardProps {
  readonly compaction: Compaction;
  /** The newest on this branch: the one that is read. */
  readonly current: boolean;
}

/** Below the turns that it stands for: what the model reads instead of them, and the way back. */
export function SummaryCard({ compaction, current }: SummaryCardProps) {
  const { compact } = useFacet();
  const { id, conversationId, messages, summary, model } = compaction;
  const [open, setOpen] = useState(false);
  const textId = useId();
  return (
    <section className={styles['card']} aria-label="Summary of the messages above">
      <div className={styles['head']}>
        <ListCollapse size={16} aria-hidden="true" className={styles['icon']} />
        <button type="button" className={styles['toggle']} aria-expanded={open} aria-controls={textId} onClick={() => setOpen(!open)}>
          {current ? `The model reads a summary of the ${messages} messages above` : `An earlier summary of the ${messages} messages above`}
          <ChevronDown size={16} aria-hidden="true" className={open ? styles['chevronOpen'] : styles['chevron']} />
        </button>
        {current && (
          <Button size="small" variant="quiet" onClick={() => void compact.undo(conversationId, id)}>
            Undo
          </Button>
        )}
      </div>
      {open && (
        <div id={textId} className={styles['text']} dir="auto">
          {summary}
          <p className={styles['source']}>Written by {model}. The messages are still there, and files in them are still read.</p>
        </div>
      )}
    </section>
  );
}
