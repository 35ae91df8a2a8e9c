import type { TableSummary } from '../../../electron/shared/tableQuery.ts';
import styles from './ComputedCard.module.css';

interface ShownColumnsProps {
  readonly columns: TableSummary['columns'];
  /** All when empty. */
  readonly shown: readonly string[];
  readonly onChange: (shown: readonly string[]) => void;
}

/** Which columns of the rows are shown; at least one is. */
export function ShownColumns({ columns, shown, onChange }: ShownColumnsProps) {
  const isShown = (name: string): boolean => shown.length === 0 || shown.some((one) => one.toLowerCase() === name.toLowerCase());
  const toggle = (name: string): void => {
    const next = columns.map((column) => column.name).filter((one) => (one === name ? !isShown(one) : isShown(one)));
    if (next.length > 0) onChange(next.length === columns.length ? [] : next);
  };
  return (
    <fieldset className={styles['filters']}>
      <legend className={styles['legend']}>Columns</legend>
      <div className={styles['columns']}>
        {columns.map(({ name }) => (
          <label key={name} className={styles['column']}>
            <input type="checkbox" checked={isShown(name)} onChange={() => toggle(name)} />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
