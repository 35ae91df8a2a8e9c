import type { Database } from '../database/openDatabase.ts';
import { openScratchDatabase } from '../database/scratchDatabase.ts';
import { facetError } from '../../shared/errors.ts';
import type { TableFilter, TableQuery, TableResult } from '../../shared/tableQuery.ts';
import type { NamedColumn, TypedTable } from './openTable.ts';

type Computed = Pick<TableResult, 'columns' | 'rows' | 'sources' | 'matched' | 'total' | 'totalRows'> & {
  /** For each column of the result, the place of the table's column that it comes from, from 0; null for a count. */
  readonly columnIndexes: readonly (number | null)[];
};

const functions = { count: 'COUNT', sum: 'SUM', average: 'AVG', min: 'MIN', max: 'MAX' } as const;
const result = 'result';

/**
 * Computes a query over one table, in a database of its own that nothing else is in. Text is compared without case. Rows that only total the others are
 * left out, unless the whole table is listed or nothing but them is asked for.
 * @throws FacetError invalidRequest for a column that is not there, or an operation that its type does not have
 */
export function runTableQuery(table: TypedTable, query: TableQuery): Computed {
  const database = openScratchDatabase();
  try {
    fill(database, table);
    const { terms, values } = conditions(table, query.filters);
    const count = (where: string): number =>
      database
        .prepare(`SELECT COUNT(*) FROM data ${where}`)
        .pluck()
        .get(...values) as number;
    const all = whereAll(terms);
    const plain = whereAll([...terms, 'NOT is_total']);
    const isListing = query.aggregate === 'none' && query.filters.length === 0 && query.order === null;
    const leavesOut = table.totals.length > 0 && !isListing && (count(plain) > 0 || count(all) === 0);
    const where = leavesOut ? plain : all;
    const matched = count(where);
    const total = table.rowNumbers.length - (leavesOut ? table.totals.length : 0);
    const { select, names, group, columnIndexes } = selection(table, query);
    const sql = [
      `SELECT ${[...select, 'json_group_array(row)'].join(', ')} FROM data ${where}`,
      group,
      ordering(table, query),
      query.limit === null ? '' : `LIMIT ${query.limit}`,
    ].join(' ');
    const found = database
      .prepare(sql)
      .raw()
      .all(...values) as (string | number | null)[][];
    // An aggregate over nothing is one row without any source: a count of 0, and no sum, mean or largest.
    const rows = found.map((row) => row.slice(0, -1).map(rounded));
    const sources = found.map((row) => JSON.parse(String(row.at(-1))) as number[]);
    return { columns: names, rows, sources, matched, total, columnIndexes, ...(leavesOut ? { totalRows: table.totals } : {}) };
  } finally {
    database.close();
  }
}

function fill(database: Database, { columns, rowNumbers, totals }: TypedTable): void {
  const kinds = columns.map(({ type }, index) => `c${index} ${type === 'number' ? 'REAL' : 'TEXT'}, k${index}`);
  database.exec(`CREATE TABLE data (row INTEGER, is_total INTEGER, ${kinds.join(', ')})`);
  const insert = database.prepare(`INSERT INTO data VALUES (?, ?, ${columns.map(() => '?, ?').join(', ')})`);
  database.transaction(() => {
    for (const [place, row] of rowNumbers.entries()) {
      insert.run(
        row,
        totals.includes(row) ? 1 : 0,
        ...columns.flatMap((column) => [column.values[place] ?? null, keyOf(column, column.values[place] ?? null)]),
      );
    }
  })();
  database.pragma('query_only = ON');
}

function keyOf({ type }: NamedColumn, value: string | number | null): string | number | null {
  return type === 'text' && value !== null ? String(value).normalize('NFKC').toLowerCase() : value;
}

function columnAt({ columns }: TypedTable, name: string): { readonly index: number; readonly column: NamedColumn } {
  const index = columns.findIndex((column) => column.name.toLowerCase() === name.trim().toLowerCase());
  const column = columns[index];
  if (column !== undefined) return { index, column };
  throw facetError('invalidRequest', {
    field: 'query',
    reason: `there is no column “${name}”; there are ${columns.map((one) => one.name).join(', ')}`,
  });
}

function conditions(
  table: TypedTable,
  filters: readonly TableFilter[],
): { readonly terms: readonly string[]; readonly values: readonly (string | number)[] } {
  const values: (string | number)[] = [];
  const terms = filters.map(({ column: name, operator, value }) => {
    const { index, column } = columnAt(table, name);
    if (operator === 'contains') {
      values.push(String(value).normalize('NFKC').toLowerCase());
      return `instr(lower(k${index}), ?) > 0`;
    }
    const read = keyOf(column, column.read(value));
    if (read === null)
      throw facetError('invalidRequest', {
        field: 'query',
        reason: `“${String(value)}” is no ${column.type}, as the column “${column.name}” is`,
      });
    values.push(read);
    return operator === '!=' ? `(k${index} IS NULL OR k${index} <> ?)` : `k${index} ${operator} ?`;
  });
  return { terms, values };
}

function whereAll(terms: readonly string[]): string {
  return terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`;
}

interface Selection {
  readonly select: readonly string[];
  readonly names: readonly string[];
  readonly columnIndexes: readonly (number | null)[];
  readonly group: string;
}

function selection(table: TypedTable, { columns, aggregate, aggregateColumn, groupBy }: TableQuery): Selection {
  if (aggregate === 'none') {
    const shown = (columns.length === 0 ? table.columns.map(({ name }) => name) : columns).map((name) => columnAt(table, name));
    return {
      select: shown.map(({ index }) => `c${index}`),
      names: shown.map(({ column }) => column.name),
      columnIndexes: shown.map(({ index }) => index),
      group: 'GROUP BY rowid',
    };
  }
  const over = aggregateColumn === null ? null : columnAt(table, aggregateColumn);
  if (over === null && aggregate !== 'count')
    throw facetError('invalidRequest', { field: 'query', reason: `“${aggregate}” needs a column` });
  if (over !== null && over.column.type !== 'number' && (aggregate === 'sum' || aggregate === 'average')) {
    throw facetError('invalidRequest', {
      field: 'query',
      reason: `“${over.column.name}” holds ${over.column.type}, so it has no ${aggregate}`,
    });
  }
  const value = `${aggregated(aggregate, over?.index ?? null)} AS ${result}`;
  const label = over === null ? aggregate : `${aggregate} of ${over.column.name}`;
  const computedFrom = aggregate === 'distinct' ? null : (over?.index ?? null);
  if (groupBy === null) return { select: [value], names: [label], columnIndexes: [computedFrom], group: '' };
  const by = columnAt(table, groupBy);
  return {
    select: [`MIN(c${by.index}) AS grouped`, value],
    names: [by.column.name, label],
    columnIndexes: [by.index, computedFrom],
    group: `GROUP BY k${by.index}`,
  };
}

/** Different values are told apart as text is compared: without case. */
function aggregated(aggregate: Exclude<TableQuery['aggregate'], 'none'>, column: number | null): string {
  if (aggregate === 'distinct') return `COUNT(DISTINCT k${column})`;
  return `${functions[aggregate]}(${column === null ? '*' : `c${column}`})`;
}

function ordering(table: TypedTable, { order, aggregate }: TableQuery): string {
  if (order === null) return '';
  const direction = order.direction === 'descending' ? 'DESC' : 'ASC';
  if (aggregate !== 'none' && order.column.toLowerCase() === result) return `ORDER BY ${result} ${direction}, row`;
  const { index } = columnAt(table, order.column);
  return `ORDER BY k${index} IS NULL, k${index} ${direction}, row`;
}

/** Without the dust of binary fractions: 0.1 + 0.2 is 0.3. */
function rounded(value: string | number | null): string | number | null {
  return typeof value === 'number' ? Number(value.toPrecision(14)) : value;
}
