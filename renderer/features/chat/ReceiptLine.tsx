import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import type { AssistantMessage } from '../../../electron/shared/conversations.ts';
import type { Receipt } from '../../../electron/shared/generation.ts';
import { sentenceCase } from '../../../electron/shared/sentenceCase.ts';
import { ReceiptDetails } from './ReceiptDetails.tsx';
import styles from './Receipt.module.css';
import { receiptSummary } from './receiptWords.ts';

/** What the answer was made from, in one line; unfolds to all of it. Warnings are never folded away. */
export function ReceiptLine({ message, receipt }: { readonly message: AssistantMessage; readonly receipt: Receipt }) {
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  return (
    <footer className={styles['receipt']}>
      {receipt.warnings.map((warning) => (
        <p key={warning} className={styles['warning']}>
          {sentenceCase(warning)}
        </p>
      ))}
      <button type="button" className={styles['line']} aria-expanded={open} aria-controls={detailsId} onClick={() => setOpen(!open)}>
        {receiptSummary(receipt).join(' · ')}
        <ChevronDown size={16} aria-hidden="true" className={open ? styles['chevronOpen'] : styles['chevron']} />
      </button>
      {open && <ReceiptDetails id={detailsId} messageId={message.id} receipt={receipt} />}
    </footer>
  );
}
