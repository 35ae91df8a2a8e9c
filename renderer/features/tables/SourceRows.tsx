import { useState } from 'react';
import { toErrorData } from '../../../electron/shared/errors.ts';
import type { TableResult } from '../../../electron/shared/tableQuery.ts';
import { Button } from '../../components/Button.tsx';
import { classNames } from '../../components/classNames.ts';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';
import styles from './ComputedCard.module.css';
import { sourceWords } from './resultWords.ts';

/** Sources shown before the user asks for more. */
const first = 12;
const step = 200;

/** The cells that a result is made from; each opens the place in the document where it stands. */
export function SourceRows({ table }: { readonly table: TableResult }) {
  const { client, view } = useFacet();
  const [shown, setShown] = useState(first);
  const rows = [...new Set(table.sources.flat())];
  const open = async (row: number): Promise<void> => {
    const { attachmentId } = table;
    try {
      const cited = await client.request('table.findRow', { attachmentId, table: table.query.table, row });
      view.openEvidence({ kind: 'document', attachmentId, page: cited?.page ?? table.page, ...(cited === null ? {} : { cited }) });
    } catch (error) {
      view.notify(sentence(toErrorData(error)));
    }
  };
  if (rows.length === 0) return null;
  const doubtful = new Set(table.doubtfulRows);
  return (
    <div className={styles['sources']} role="group" aria-label="Where it stands in the document">
      {rows.slice(0, shown).map((row) => (
        <button
          key={row}
          type="button"
          className={classNames(styles['source'], doubtful.has(row) && styles['doubtful'])}
          title={doubtful.has(row) ? 'Hard to read: check it' : undefined}
          onClick={() => void open(row)}
        >
          {sourceWords(table, row)}
        </button>
      ))}
      {rows.length > shown && (
        <Button variant="quiet" size="small" onClick={() => setShown(shown + step)}>
          {`${new Intl.NumberFormat().format(rows.length - shown)} more`}
        </Button>
      )}
    </div>
  );
}
