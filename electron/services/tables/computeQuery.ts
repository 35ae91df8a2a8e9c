import type { DocumentTable } from '../../shared/documents.ts';
import type { TableQuery, TableResult } from '../../shared/tableQuery.ts';
import type { PlacedTable } from './documentTables.ts';
import { runTableQuery } from './runTableQuery.ts';

function doubtsOf({ rows, rowNumbers }: DocumentTable, sources: TableResult['sources']): Pick<TableResult, 'doubtfulRows'> {
  const used = new Set(sources.flat());
  const doubtfulRows = rowNumbers.filter((number, place) => used.has(number) && rows[place]?.some(({ doubtful }) => doubtful === true));
  return doubtfulRows.length === 0 ? {} : { doubtfulRows };
}

/** Runs a query on its table, and says where the table stands. @throws FacetError invalidRequest as `runTableQuery` */
export function computeQuery({ owner, place, source, parts, table, recognized }: PlacedTable, query: TableQuery): TableResult {
  const { columnIndexes, ...computed } = runTableQuery(table, query);
  return {
    attachmentId: owner.id,
    file: owner.name,
    page: source.page,
    lastPage: parts.at(-1)?.source.page ?? source.page,
    name: source.name,
    query: { ...query, table: place },
    ...computed,
    columnNumbers: columnIndexes.map((index) => (index === null ? null : (source.columnNumbers[index] ?? null))),
    addressed: source.addressed,
    ...(recognized ? { recognized } : {}),
    ...doubtsOf(source, computed.sources),
  };
}
