import type { ExportedTable, ExportFormat, TableQuery } from '../../shared/tableQuery.ts';
import type { PlacedTable } from './documentTables.ts';
import { runTableQuery } from './runTableQuery.ts';
import { exportSheet, withoutEnding, type ExportCell, type ExportSheet } from './exportSheet.ts';

/** All rows of a query's result as a file. @throws FacetError invalidRequest as `runTableQuery`, and for what no sheet holds */
export function exportResult(placed: PlacedTable, query: TableQuery, format: ExportFormat): ExportedTable {
  const sheet = sheetOf(placed, query);
  const { owner, source } = placed;
  const parts = [withoutEnding(owner.name), source.name, isWhole(query) ? '' : 'result'];
  return exportSheet({ name: parts.filter((part) => part !== '').join(' '), sheet, sheetName: source.name }, format);
}

function isWhole({ columns, filters, aggregate, limit }: TableQuery): boolean {
  return aggregate === 'none' && columns.length === 0 && filters.length === 0 && limit === null;
}

function sheetOf({ source, table }: PlacedTable, query: TableQuery): ExportSheet {
  const { columns, rows, sources, columnIndexes } = runTableQuery(table, query);
  const places = new Map(source.rowNumbers.map((number, place) => [number, place]));
  return {
    columns,
    rows: rows.map((row, at) =>
      row.map((value, column): ExportCell => {
        const index = columnIndexes[column] ?? null;
        // A value that was taken over stands in the document; what was computed does not.
        const taken = query.aggregate === 'none' || (query.groupBy !== null && column === 0);
        const place = taken && index !== null ? places.get(sources[at]?.[0] ?? -1) : undefined;
        const type = index === null ? 'number' : (table.columns[index]?.type ?? 'text');
        const cell = place === undefined || index === null ? undefined : source.rows[place]?.[index];
        if (cell === undefined)
          return { value, type: typeof value === 'number' ? 'number' : type, text: value === null ? '' : String(value) };
        if (type === 'text' && cell.type === 'number' && typeof cell.value === 'number')
          return { value: cell.value, type: 'number', text: cell.text };
        return { value: type === 'text' ? cell.text : value, type, text: cell.text };
      }),
    ),
  };
}
