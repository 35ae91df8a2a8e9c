import { assertNever } from './assertNever.ts';
import type { TableAggregate, TableFilter, TableQuery } from './tableQuery.ts';

/** What a query asks, in words: `sum of Amount where Region is North, for each Customer`. */
export function queryInWords({ query }: { readonly query: TableQuery }): string {
  const { aggregate, filters, groupBy, order, limit } = query;
  const what = aggregate === 'none' ? 'rows' : aggregateInWords(aggregate, query.aggregateColumn);
  const where = filters.length === 0 ? '' : ` where ${filters.map(filterInWords).join(' and ')}`;
  const each = groupBy === null ? '' : `, for each ${groupBy}`;
  const sorted = order === null ? '' : `, ${order.direction === 'descending' ? 'largest' : 'smallest'} ${order.column} first`;
  return `${what}${where}${each}${sorted}${limit === null ? '' : `, only the first${limit === 1 ? '' : ` ${limit}`}`}`;
}

function aggregateInWords(aggregate: Exclude<TableAggregate, 'none'>, column: string | null): string {
  switch (aggregate) {
    case 'count':
      return column === null ? 'number of rows' : `number of rows with ${column}`;
    case 'distinct':
      return `number of different ${column}`;
    case 'sum':
    case 'average':
      return `${aggregate} of ${column}`;
    case 'min':
      return `smallest ${column}`;
    case 'max':
      return `largest ${column}`;
    default:
      return assertNever(aggregate, 'aggregate');
  }
}

function filterInWords({ column, operator, value }: TableFilter): string {
  switch (operator) {
    case '=':
      return `${column} is ${value}`;
    case '!=':
      return `${column} is not ${value}`;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return `${column} ${operator} ${value}`;
    case 'contains':
      return `${column} contains ${value}`;
    default:
      return assertNever(operator, 'operator');
  }
}
