import { useState } from 'react';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import type { DocumentReceipt } from '../../../electron/shared/generation.ts';
import type { TableAggregate, TableQuery, TableSummary } from '../../../electron/shared/tableQuery.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { useFacet } from '../../state/useFacet.ts';
import { ErrorNote } from '../chat/ErrorNote.tsx';
import styles from './ComputedCard.module.css';
import { FilterRows } from './FilterRows.tsx';
import { OrderFields } from './OrderFields.tsx';
import { aggregatedColumns, fitted, freshQuery } from './queryDraft.ts';
import { tableWords } from './resultWords.ts';
import { ShownColumns } from './ShownColumns.tsx';
import { useTables } from './useTables.ts';

interface QueryEditorProps {
  readonly messageId: string;
  /** The document that was computed from; first of several until another is chosen. */
  readonly attachmentId: string;
  readonly documents: readonly DocumentReceipt[];
  /** Null where the model wrote none. */
  readonly query: TableQuery | null;
  readonly onDone: () => void;
}

const aggregates: readonly { readonly value: TableAggregate; readonly label: string }[] = [
  { value: 'none', label: 'The rows themselves' },
  { value: 'count', label: 'Number of rows' },
  { value: 'distinct', label: 'Number of different values' },
  { value: 'sum', label: 'Sum' },
  { value: 'average', label: 'Average' },
  { value: 'min', label: 'Smallest' },
  { value: 'max', label: 'Largest' },
];

/** Chooses what is computed, and runs it. */
export function QueryEditor({ messageId, attachmentId: usual, documents, query: before, onDone }: QueryEditorProps) {
  const { client } = useFacet();
  const [attachmentId, setAttachmentId] = useState(usual);
  const [written, setWritten] = useState<TableQuery | null>(before);
  const [error, setError] = useState<ErrorData | null>(null);
  const [running, setRunning] = useState(false);
  const known = useTables(attachmentId, true);
  if (known.kind === 'failed') return <ErrorNote error={known.error} actions={<CloseButton onDone={onDone} />} />;
  if (known.kind === 'loading') return <p className={styles['quiet']}>Looking at the tables</p>;
  const summary = known.tables.find(({ table }) => table === written?.table) ?? known.tables[0];
  const choose = (id: string): void => {
    setAttachmentId(id);
    setWritten(null);
  };
  const several = documents.length > 1 && (
    <Select
      label="Document"
      value={attachmentId}
      options={documents.map(({ attachmentId: value, file }) => ({ value, label: file }))}
      onValueChange={choose}
    />
  );
  if (summary === undefined) {
    return (
      <div className={styles['editor']}>
        {several}
        <p className={styles['quiet']}>There is no table in this document.</p>
        <CloseButton onDone={onDone} />
      </div>
    );
  }
  const query = fitted(written ?? freshQuery(summary.table), summary);
  const change = (part: Partial<TableQuery>): void => {
    const next = { ...query, ...part };
    setWritten(fitted(next, known.tables.find(({ table }) => table === next.table) ?? summary));
  };
  const run = async (): Promise<void> => {
    setRunning(true);
    try {
      await client.request('message.compute', { messageId, attachmentId, query });
      onDone();
    } catch (reason) {
      setError(toErrorData(reason));
    }
    setRunning(false);
  };
  return (
    <form
      ref={focusFirst}
      className={styles['editor']}
      aria-label="Query"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      {several}
      {known.tables.length > 1 && (
        <Select
          label="Table"
          value={String(query.table)}
          options={known.tables.map((one) => ({ value: String(one.table), label: tableWords(one) }))}
          onValueChange={(value) => change({ table: Number(value) })}
        />
      )}
      <Select
        label="Show"
        value={query.aggregate}
        options={aggregates.filter(({ value }) => mayCompute(summary, value))}
        onValueChange={(aggregate) => change({ aggregate })}
      />
      {query.aggregateColumn !== null && (
        <Select
          label="Of"
          value={query.aggregateColumn}
          options={aggregatedColumns(summary.columns, query.aggregate).map(({ name }) => ({ value: name, label: name }))}
          onValueChange={(aggregateColumn) => change({ aggregateColumn })}
        />
      )}
      {query.aggregate === 'none' ? (
        <ShownColumns columns={summary.columns} shown={query.columns} onChange={(columns) => change({ columns })} />
      ) : (
        <Select
          label="For each"
          value={query.groupBy ?? ''}
          options={[{ value: '', label: 'All together' }, ...summary.columns.map(({ name }) => ({ value: name, label: name }))]}
          onValueChange={(name) => change({ groupBy: name === '' ? null : name })}
        />
      )}
      <FilterRows columns={summary.columns} filters={query.filters} onChange={(filters) => change({ filters })} />
      <OrderFields query={query} columns={summary.columns} onChange={change} />
      {error !== null && <ErrorNote error={error} />}
      <div className={styles['actions']}>
        <Button type="submit" variant="primary" size="small" disabled={running}>
          {before === null ? 'Run' : 'Run again'}
        </Button>
        <CloseButton onDone={onDone} />
      </div>
    </form>
  );
}

/** Whoever opened it with the keyboard goes on in its first field. */
function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector('select')?.focus();
}

function CloseButton({ onDone }: { readonly onDone: () => void }) {
  return (
    <Button variant="quiet" size="small" onClick={onDone}>
      Cancel
    </Button>
  );
}

function mayCompute({ columns }: TableSummary, aggregate: TableAggregate): boolean {
  return aggregate === 'none' || aggregate === 'count' || aggregatedColumns(columns, aggregate).length > 0;
}
