import { cellAddress } from '../../../electron/shared/documents.ts';
import { queryInWords } from '../../../electron/shared/queryInWords.ts';
import { sentenceCase } from '../../../electron/shared/sentenceCase.ts';
import type { ListResult } from '../../../electron/shared/listResult.ts';
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

/** What a list holds: `12 different ones from 214 pages`. */
export function listWords({ items, complete, pagesRead }: ListResult): string {
  const count = items.length === 1 ? 'One found' : `${number.format(items.length)} different ones found`;
  const pages = pagesRead === 1 ? '1 page' : `${number.format(pagesRead)} pages`;
  return complete ? `${count} on ${pages}` : `${count} on ${pages}; the rest was not read`;
}

/** A row of the table that a result is made from, by its cell where the document names cells. */
export function sourceWords({ addressed = false, columnNumbers = [] }: TableResult, row: number): string {
  const column = columnNumbers.findLast((one) => one !== null);
  return addressed && typeof column === 'number' ? cellAddress(row, column) : `Row ${number.format(row)}`;
}
