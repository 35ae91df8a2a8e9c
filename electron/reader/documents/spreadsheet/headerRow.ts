import type { TableCell } from '../../../shared/documents.ts';
import type { SheetCells } from './sheetBlocks.ts';

/** Lines that may stand above a header without a gap: a title, a date, an account. */
const mostAbove = 10;

/**
 * How many rows of a block stand above the header of its table: a title, or a few particulars, in rows from the first column on that have at most half as
 * many cells as the header, which has nothing but names and years. 0 where no such row follows them, as under a header of several lines.
 */
export function headerRow(block: readonly number[], cells: SheetCells): number {
  const filled = (row: number): readonly TableCell[] => [...(cells.get(row)?.values() ?? [])];
  const firstColumn = block.reduce((first, row) => Math.min(first, ...(cells.get(row)?.keys() ?? [])), Infinity);
  let widest = 0;
  for (const [index, row] of block.entries()) {
    const here = filled(row);
    const next = block[index + 1];
    if (index > 0 && here.length >= 2 * widest) {
      const isHeader = here.length > 1 && here.every(isName) && next !== undefined && filled(next).length * 2 > here.length;
      return isHeader ? index : 0;
    }
    if (index === mostAbove || cells.get(row)?.has(firstColumn) !== true) return 0;
    widest = Math.max(widest, here.length);
  }
  return 0;
}

/** No figure and no date, but for a year. */
function isName({ type, text }: TableCell): boolean {
  const plain = text.trim();
  return /^(?:19|20)\d\d$/.test(plain) || (type === 'text' && /\p{L}|#|%|№/u.test(plain) && !/^[\p{Sc}\d.,' -]+\p{L}{0,3}$/u.test(plain));
}
