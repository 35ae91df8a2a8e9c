import type { ExportedTable, ExportFormat, TableQuery, TableResult, TableSummary } from '../../shared/tableQuery.ts';
import { computeQuery } from './computeQuery.ts';
import { type TableOwner, type TableSource, tableAt, tablesOf } from './documentTables.ts';
import { exportResult } from './exportResult.ts';

/** Queries of the tables of one document, run by code. */
export interface TablesService {
  /** The tables that can be computed with. @throws FacetError notFound, or why the document could not be read */
  describe(attachmentId: string): Promise<readonly TableSummary[]>;
  /** @throws FacetError as `describe`, and invalidRequest for what is not a query of this table */
  run(attachmentId: string, query: TableQuery): Promise<TableResult>;
  /** Errors as for `run`. */
  export(attachmentId: string, query: TableQuery, format: ExportFormat): Promise<ExportedTable>;
}

export function createTablesService({
  attachments,
  documents,
}: {
  readonly attachments: { settled(id: string): Promise<TableOwner> };
  readonly documents: TableSource;
}): TablesService {
  return {
    describe: async (id) => {
      const tables = await tablesOf([await attachments.settled(id)], documents);
      return tables.map(({ place, source, table }) => ({
        table: place,
        page: source.page,
        name: source.name,
        rows: table.rowNumbers.length,
        columns: table.columns.map(({ name, type }) => ({ name, type })),
      }));
    },
    run: async (id, query) => computeQuery(await tableAt(await attachments.settled(id), query.table, documents), query),
    export: async (id, query, format) => exportResult(await tableAt(await attachments.settled(id), query.table, documents), query, format),
  };
}
