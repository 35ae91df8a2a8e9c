import { cellAddress } from '../../../electron/shared/documents.ts';
import { queryInWords } from '../../../electron/shared/queryInWords.ts';
import { sentenceCase } from '../../../electron/shared/sentenceCase.ts';
import type { TableResult, TableSummary } from '../../../electron/shared/tableQuery.ts';

const number = new Intl.NumberFormat();

/** What was computed, out of what: `Sum of Amount where Region is North, from Sheet1 (214 rows)`. */
export function computedWords(result: TableResult): string {
  return `${sentenceCase(queryInWords(result))}, from ${placeWords(result)} (${rowWords(result.total)})`;
}

/** A table by its name, else by where it stands. */
export function placeWords({ file, name, page, lastPage = page }: Pick<TableResult, 'file' | 'name' | 'page' | 'lastPage'>): string {
  if (name !== '') return name;
  return lastPage === page ? file : `${file}, pages ${page}–${lastPage}`;
}

/** One of several tables in a list. */
export function tableWords({ table, name, page, lastPage, rows }: TableSummary): string {
  const where = lastPage === page ? `page ${page}` : `pages ${page}–${lastPage}`;
  return `${name === '' ? `Table ${table}, ${where}` : name} (${rowWords(rows)})`;
}

export function rowWords(rows: number): string {
  return rows === 1 ? '1 row' : `${number.format(rows)} rows`;
}

/** A row of the table that a result is made from, by its cell where the document names cells. */
export function sourceWords({ addressed = false, columnNumbers = [] }: TableResult, row: number): string {
  const column = columnNumbers.findLast((one) => one !== null);
  return addressed && typeof column === 'number' ? cellAddress(row, column) : `Row ${number.format(row)}`;
}
