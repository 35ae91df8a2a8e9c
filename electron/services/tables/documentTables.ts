import type { Attachment } from '../../shared/attachments.ts';
import type { DocumentTable } from '../../shared/documents.ts';
import { facetError } from '../../shared/errors.ts';
import { type TypedTable, openTable } from './openTable.ts';

export type TableOwner = Pick<Attachment, 'id' | 'name'>;

/** A table that can be computed with, and where it stands. */
export interface PlacedTable {
  readonly owner: TableOwner;
  /** In the document's list of tables, counted from 1. */
  readonly place: number;
  readonly source: DocumentTable;
  readonly table: TypedTable;
}

export interface TableSource {
  tables(id: string): Promise<readonly DocumentTable[]>;
}

/** The tables of these documents, in order, that have a header and rows. */
export async function tablesOf(owners: readonly TableOwner[], attachments: TableSource): Promise<readonly PlacedTable[]> {
  const placed: PlacedTable[] = [];
  for (const owner of owners) {
    for (const [index, source] of (await attachments.tables(owner.id)).entries()) {
      const table = openTable(source);
      if (table !== null) placed.push({ owner, place: index + 1, source, table });
    }
  }
  return placed;
}

/** One of them. @throws FacetError invalidRequest when it is not there, or cannot be computed with */
export async function tableAt(owner: TableOwner, place: number, attachments: TableSource): Promise<PlacedTable> {
  const source = (await attachments.tables(owner.id))[place - 1];
  const table = source === undefined ? null : openTable(source);
  if (source === undefined || table === null)
    throw facetError('invalidRequest', { field: 'query.table', reason: `there is no table ${place} with a header and rows` });
  return { owner, place, source, table };
}
