import type { ExportedTable, ExportFormat, TableQuery } from '../../../electron/shared/tableQuery.ts';
import { useFacet } from '../../state/useFacet.ts';

/** Makes a file of what a query of a document's table gives. */
export function useTableExport(): (attachmentId: string, query: TableQuery, format: ExportFormat) => Promise<ExportedTable> {
  const { client } = useFacet();
  return (attachmentId, query, format) => client.request('table.export', { attachmentId, query, format });
}
