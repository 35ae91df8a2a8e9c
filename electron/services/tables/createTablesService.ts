import type { ExportedTable, ExportFormat, TableQuery, TableResult, TableSummary } from '../../shared/tableQuery.ts';
import { computeQuery } from './computeQuery.ts';
import { type TableOwner, tableAt, tablesOf } from './documentTables.ts';
import type { CitationSource } from '../../shared/citations.ts';
import type { DocumentsService } from '../documents/createDocumentsService.ts';
import { exportResult } from './exportResult.ts';
import { locateRow } from './locateRow.ts';

/** Queries of the tables of one document, run by code. */
export interface TablesService {
  /** The tables that can be computed with. @throws FacetError notFound, or why the document could not be read */
  describe(attachmentId: string): Promise<readonly TableSummary[]>;
  /** @throws FacetError as `describe`, and invalidRequest for what is not a query of this table */
  run(attachmentId: string, query: TableQuery): Promise<TableResult>;
  /** Where a row stands, for the page viewer; null when it cannot be told. Errors as for `run`. */
  findRow(attachmentId: string, table: number, row: number): Promise<CitationSource | null>;
  /** Errors as for `run`. */
  export(attachmentId: string, query: TableQuery, format: ExportFormat): Promise<ExportedTable>;
}

export function createTablesService({
  attachments,
  documents,
}: {
  readonly attachments: { settled(id: string): Promise<TableOwner> };
  readonly documents: Pick<DocumentsService, 'tables' | 'text' | 'rectangles'>;
}): TablesService {
  return {
    findRow: async (id, table, row) => {
      const owner = await attachments.settled(id);
      const pages = await documents.text(id);
      const place = locateRow(await tableAt(owner, table, documents), row, (page) => pages.find((one) => one.page === page)?.text ?? '');
      if (place === null) return null;
      const rectangles = await documents.rectangles(id, '', { ...place, how: 'exact' });
      return { attachmentId: id, document: owner.name, ...place, how: 'exact', rectangles };
    },
    describe: async (id) => {
      const tables = await tablesOf([await attachments.settled(id)], documents);
      return tables.map(({ place, source, parts, table, recognized }) => ({
        table: place,
        page: source.page,
        lastPage: parts.at(-1)?.source.page ?? source.page,
        name: source.name,
        rows: table.rowNumbers.length,
        columns: table.columns.map(({ name, type }) => ({ name, type })),
        ...(recognized ? { recognized } : {}),
      }));
    },
    run: async (id, query) => computeQuery(await tableAt(await attachments.settled(id), query.table, documents), query),
    export: async (id, query, format) => exportResult(await tableAt(await attachments.settled(id), query.table, documents), query, format),
  };
}
