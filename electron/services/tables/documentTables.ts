import type { DocumentTable } from '../../shared/documents.ts';
import type { DocumentInput } from '../generation/readInputs.ts';
import { type TypedTable, openTable } from './openTable.ts';

/** A table that can be computed with, and where it stands. */
export interface PlacedTable {
  readonly input: DocumentInput;
  readonly source: DocumentTable;
  readonly table: TypedTable;
}

/** The tables of these documents, in order, that have a header and rows. */
export async function tablesOf(
  documents: readonly DocumentInput[],
  attachments: { tables(id: string): Promise<readonly DocumentTable[]> },
): Promise<readonly PlacedTable[]> {
  const placed: PlacedTable[] = [];
  for (const input of documents) {
    for (const source of await attachments.tables(input.attachment.id)) {
      const table = openTable(source);
      if (table !== null) placed.push({ input, source, table });
    }
  }
  return placed;
}
