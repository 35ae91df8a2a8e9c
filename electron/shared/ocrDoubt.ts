import type { TableResult } from './tableQuery.ts';

/** What to know about a result computed from a table that OCR read; null for any other. */
export function tableDoubt({ recognized, doubtfulRows = [] }: Pick<TableResult, 'recognized' | 'doubtfulRows'>): string | null {
  const rows =
    doubtfulRows.length === 0
      ? ''
      : `${doubtfulRows.length === 1 ? `Row ${doubtfulRows[0]} was` : `${doubtfulRows.length} of these rows were`} hard to read in the picture: check what stands there.`;
  if (recognized !== true) return rows === '' ? null : rows;
  return `The table was read by OCR, which may misread a figure or miss a row: check it against the page.${rows === '' ? '' : ` ${rows}`}`;
}

/** What to know about a list out of pages that OCR read. @param pages of those that were read; @param all pages that were read */
export function listDoubt(pages: number, all: number): string | null {
  if (pages === 0) return null;
  const where = pages < all ? `${pages} of the ${all} pages were` : all === 1 ? 'The page was' : 'The pages were';
  return `${where} read by OCR: what it misread may be missing from the list, or stand in it twice.`;
}
