import { type Attachment, isRecognizedPage } from '../../shared/attachments.ts';
import type { DocumentTable } from '../../shared/documents.ts';
import { facetError } from '../../shared/errors.ts';
import { type TablePart, joinTables } from './joinTables.ts';
import { type TypedTable, openTable } from './openTable.ts';

export type TableOwner = Pick<Attachment, 'id' | 'name' | 'state'>;

/** A table that can be computed with, and where it stands. */
export interface PlacedTable {
  readonly owner: TableOwner;
  /** In the document's list of tables, counted from 1; of one that goes over pages, its first part. */
  readonly place: number;
  /** The whole of it, on the page that it begins on. */
  readonly source: DocumentTable;
  readonly parts: readonly TablePart[];
  readonly table: TypedTable;
  /** A part of it at least was read by OCR. */
  readonly recognized: boolean;
}

export interface TableSource {
  tables(id: string): Promise<readonly DocumentTable[]>;
}

/** The tables of these documents, in order, that have a header and rows. */
export async function tablesOf(owners: readonly TableOwner[], attachments: TableSource): Promise<readonly PlacedTable[]> {
  const placed: PlacedTable[] = [];
  for (const owner of owners) {
    for (const whole of joinTables(await attachments.tables(owner.id))) {
      const table = openTable(whole.source);
      if (table === null) continue;
      const recognized = whole.parts.some(({ source }) => isRecognized(owner, source.page));
      placed.push({ owner, ...whole, table, recognized });
    }
  }
  return placed;
}

function isRecognized({ state }: TableOwner, page: number): boolean {
  if (state.kind !== 'document') return state.kind === 'image';
  return state.document.pages.some((one) => one.page === page && isRecognizedPage(one));
}

/** One of them. @throws FacetError invalidRequest when it is not there, or cannot be computed with */
export async function tableAt(owner: TableOwner, place: number, attachments: TableSource): Promise<PlacedTable> {
  const found = (await tablesOf([owner], attachments)).find((one) => one.place === place);
  if (found !== undefined) return found;
  throw facetError('invalidRequest', { field: 'query.table', reason: `there is no table ${place} with a header and rows` });
}
