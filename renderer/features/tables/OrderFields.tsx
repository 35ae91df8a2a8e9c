import type { TableQuery, TableSummary } from '../../../electron/shared/tableQuery.ts';
import { Select } from '../../components/Select.tsx';

interface OrderFieldsProps {
  readonly query: TableQuery;
  readonly columns: TableSummary['columns'];
  readonly onChange: (part: Pick<TableQuery, 'order'> | Pick<TableQuery, 'limit'>) => void;
}

const limits = [1, 3, 5, 10, 20, 50, 100];

/** How the rows of a result are sorted, and how many are shown; nothing for a single figure. */
export function OrderFields({ query, columns, onChange }: OrderFieldsProps) {
  if (query.aggregate !== 'none' && query.groupBy === null) return null;
  const names = query.aggregate === 'none' ? columns.map(({ name }) => name) : [query.groupBy ?? '', 'result'];
  const { order, limit } = query;
  const shown = limit === null || limits.includes(limit) ? limits : [...limits, limit].sort((a, b) => a - b);
  return (
    <>
      <Select
        label="Sorted by"
        value={order === null ? '' : (names.find((name) => name.toLowerCase() === order.column.toLowerCase()) ?? '')}
        options={[
          { value: '', label: 'As in the document' },
          ...names.map((value) => ({ value, label: value === 'result' ? 'The result' : value })),
        ]}
        onValueChange={(column) => onChange({ order: column === '' ? null : { column, direction: order?.direction ?? 'descending' } })}
      />
      {order !== null && (
        <Select
          label="Order"
          value={order.direction}
          options={[
            { value: 'descending', label: 'Largest first' },
            { value: 'ascending', label: 'Smallest first' },
          ]}
          onValueChange={(direction) => onChange({ order: { ...order, direction } })}
        />
      )}
      <Select
        label="How many"
        value={limit === null ? '' : String(limit)}
        options={[
          { value: '', label: 'All' },
          ...shown.map((value) => ({ value: String(value), label: value === 1 ? 'The first' : `The first ${value}` })),
        ]}
        onValueChange={(value) => onChange({ limit: value === '' ? null : Number(value) })}
      />
    </>
  );
}
