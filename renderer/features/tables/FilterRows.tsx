import { Plus, X } from 'lucide-react';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { TableFilter, TableOperator, TableSummary } from '../../../electron/shared/tableQuery.ts';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import styles from './ComputedCard.module.css';
import { operatorsOf } from './queryDraft.ts';

interface FilterRowsProps {
  readonly columns: TableSummary['columns'];
  readonly filters: readonly TableFilter[];
  readonly onChange: (filters: readonly TableFilter[]) => void;
}

/** The conditions, all of which hold: column, comparison and value. */
export function FilterRows({ columns, filters, onChange }: FilterRowsProps) {
  const [first] = columns;
  const replace = (index: number, part: Partial<TableFilter>): void =>
    onChange(filters.map((filter, at) => (at === index ? { ...filter, ...part } : filter)));
  return (
    <fieldset className={styles['filters']}>
      <legend className={styles['legend']}>Only rows where</legend>
      {filters.map((filter, index) => (
        <div key={index} className={styles['filter']}>
          <Choice
            label={`Column of condition ${index + 1}`}
            value={nameOf(columns, filter.column)}
            options={columns.map(({ name }) => ({ value: name, label: name }))}
            onChange={(column) => replace(index, { column })}
          />
          <Choice
            label={`Comparison of condition ${index + 1}`}
            value={filter.operator}
            options={operatorsOf[typeOf(columns, filter.column)].map((value) => ({ value, label: operatorWords(value) }))}
            onChange={(operator) => replace(index, { operator: operator as TableOperator })}
          />
          <input
            type="text"
            className={styles['value']}
            aria-label={`Value of condition ${index + 1}`}
            autoComplete="off"
            value={String(filter.value)}
            onChange={(event) => replace(index, { value: event.target.value })}
          />
          <IconButton
            label={`Remove condition ${index + 1}`}
            size="small"
            onClick={() => onChange(filters.filter((_, at) => at !== index))}
          >
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      {first !== undefined && filters.length < 20 && (
        <Button
          variant="quiet"
          size="small"
          icon={<Plus size={16} aria-hidden="true" />}
          onClick={() => onChange([...filters, { column: first.name, operator: '=', value: '' }])}
        >
          Add a condition
        </Button>
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** A list without a label of its own beside it. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <select className={styles['choice']} aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

function columnOf(columns: FilterRowsProps['columns'], name: string): FilterRowsProps['columns'][number] | undefined {
  return columns.find((column) => column.name.toLowerCase() === name.trim().toLowerCase());
}

function typeOf(columns: FilterRowsProps['columns'], name: string): FilterRowsProps['columns'][number]['type'] {
  return columnOf(columns, name)?.type ?? 'text';
}

function nameOf(columns: FilterRowsProps['columns'], name: string): string {
  return columnOf(columns, name)?.name ?? name;
}

function operatorWords(operator: TableOperator): string {
  switch (operator) {
    case '=':
      return 'is';
    case '!=':
      return 'is not';
    case '<':
      return 'is below';
    case '<=':
      return 'is at most';
    case '>':
      return 'is above';
    case '>=':
      return 'is at least';
    case 'contains':
      return 'contains';
    default:
      return assertNever(operator, 'operator');
  }
}
