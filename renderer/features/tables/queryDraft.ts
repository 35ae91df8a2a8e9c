import {
  type ColumnType,
  type TableAggregate,
  type TableFilter,
  type TableOperator,
  type TableQuery,
  type TableSummary,
  wholeTable,
} from '../../../electron/shared/tableQuery.ts';

type Columns = TableSummary['columns'];

/** What can be done with a column of this type. */
export const operatorsOf: Readonly<Record<ColumnType, readonly TableOperator[]>> = {
  text: ['=', '!=', 'contains'],
  number: ['=', '!=', '<', '<=', '>', '>='],
  date: ['=', '!=', '<', '<=', '>', '>='],
};

/** The columns that can be computed so. */
export function aggregatedColumns(columns: Columns, aggregate: TableAggregate): Columns {
  switch (aggregate) {
    case 'none':
    case 'count':
      return [];
    case 'distinct':
      return columns;
    case 'sum':
    case 'average':
      return columns.filter(({ type }) => type === 'number');
    case 'min':
    case 'max':
      return columns.filter(({ type }) => type !== 'text');
  }
}

/** The query that counts the rows of a table. */
export function freshQuery(table: number): TableQuery {
  return { ...wholeTable(table), aggregate: 'count' };
}

/** A changed query, without what no longer goes with the rest of it: every choice of the editor can be run. */
export function fitted(query: TableQuery, { table, columns }: TableSummary): TableQuery {
  const has = (name: string): boolean => columns.some((column) => same(column.name, name));
  const usable = aggregatedColumns(columns, query.aggregate);
  const grouped = query.aggregate !== 'none' && query.groupBy !== null && has(query.groupBy);
  const kept = query.aggregateColumn === null ? undefined : usable.find(({ name }) => same(name, query.aggregateColumn ?? ''));
  const sorted = query.order === null ? false : query.aggregate === 'none' ? has(query.order.column) : grouped;
  return {
    table,
    columns: query.aggregate === 'none' ? query.columns.filter(has) : [],
    filters: query.filters.filter(({ column }) => has(column)).map((filter) => fittedFilter(filter, columns)),
    aggregate: query.aggregate,
    aggregateColumn: (kept ?? usable[0])?.name ?? null,
    groupBy: grouped ? query.groupBy : null,
    order: sorted ? query.order : null,
    limit: query.aggregate === 'none' || grouped ? query.limit : null,
  };
}

function fittedFilter(filter: TableFilter, columns: Columns): TableFilter {
  const type = columns.find(({ name }) => same(name, filter.column))?.type ?? 'text';
  return operatorsOf[type].includes(filter.operator) ? filter : { ...filter, operator: '=' };
}

function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
