import { Table2 } from 'lucide-react';
import { useState } from 'react';
import { type TableSummary, wholeTable } from '../../../electron/shared/tableQuery.ts';
import { Button } from '../../components/Button.tsx';
import styles from './DocumentTables.module.css';
import { ExportMenu } from './ExportMenu.tsx';
import { tableWords } from './resultWords.ts';
import { useTableExport } from './useTableExport.ts';
import { useTables } from './useTables.ts';

/** Tables shown before the user asks for more. */
const first = 5;

/** The tables of a document that can be computed with, each of which can be saved; nothing where there are none. */
export function DocumentTables({ attachmentId }: { readonly attachmentId: string }) {
  const known = useTables(attachmentId, true);
  const [all, setAll] = useState(false);
  const exportTable = useTableExport();
  if (known.kind !== 'known' || known.tables.length === 0) return null;
  const { tables } = known;
  return (
    <section aria-label="Tables">
      <ul className={styles['tables']}>
        {tables.slice(0, all ? tables.length : first).map((summary) => (
          <li key={summary.table} className={styles['table']}>
            <Table2 size={16} aria-hidden="true" className={styles['icon']} />
            <span className={styles['words']} title={columnWords(summary)}>
              {tableWords(summary)}
              {summary.recognized === true && <span className={styles['recognized']}>Read by OCR: check it against the page</span>}
              <span className={styles['columns']}>{columnWords(summary)}</span>
            </span>
            <ExportMenu
              make={(format) => exportTable(attachmentId, wholeTable(summary.table), format)}
              label="Save"
              of={tableWords(summary)}
            />
          </li>
        ))}
      </ul>
      {!all && tables.length > first && (
        <Button variant="quiet" size="small" onClick={() => setAll(true)}>
          {`${tables.length - first} more tables`}
        </Button>
      )}
    </section>
  );
}

function columnWords({ columns }: TableSummary): string {
  return columns.map(({ name }) => name).join(', ');
}
