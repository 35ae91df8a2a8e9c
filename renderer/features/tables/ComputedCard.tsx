import { Pencil, Table2 } from 'lucide-react';
import { useState } from 'react';
import type { AssistantMessage } from '../../../electron/shared/conversations.ts';
import type { Receipt } from '../../../electron/shared/generation.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import styles from './ComputedCard.module.css';
import { ExportMenu } from './ExportMenu.tsx';
import { QueryEditor } from './QueryEditor.tsx';
import { computedWords } from './resultWords.ts';
import { useTableExport } from './useTableExport.ts';
import { SourceRows } from './SourceRows.tsx';

interface ComputedCardProps {
  readonly message: AssistantMessage;
  readonly receipt: Receipt;
}

/** What was asked of a table for this answer, so that a wrong question is seen; it can be changed and run again without the model. */
export function ComputedCard({ message, receipt }: ComputedCardProps) {
  const { table } = receipt;
  const [open, setOpen] = useState(false);
  const [tables] = receipt.documents;
  const exportTable = useTableExport();
  if (table === undefined && tables === undefined) return null;
  const attachmentId = table?.attachmentId ?? tables?.attachmentId ?? '';
  return (
    <Card className={styles['card'] ?? ''} aria-label="How this was computed">
      <p className={styles['title']}>
        <Table2 size={16} aria-hidden="true" />
        <span>{table === undefined ? 'No query was made. Choose what to compute.' : computedWords(table)}</span>
      </p>
      {table !== undefined && !open && <SourceRows table={table} />}
      {open && (
        <QueryEditor
          messageId={message.id}
          attachmentId={attachmentId}
          documents={receipt.documents}
          query={table?.query ?? null}
          onDone={() => setOpen(false)}
        />
      )}
      {!open && (
        <div className={styles['actions']}>
          <Button variant="quiet" size="small" icon={<Pencil size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
            {table === undefined ? 'Make a query' : 'Change the query'}
          </Button>
          {table !== undefined && <ExportMenu make={(format) => exportTable(attachmentId, table.query, format)} label="Save result" />}
        </div>
      )}
    </Card>
  );
}
