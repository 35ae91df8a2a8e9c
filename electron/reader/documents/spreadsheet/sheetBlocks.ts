import type { TableCell } from '../../../shared/documents.ts';
import { textCell, type DocumentWriter } from '../documentWriter.ts';
import { headerRow } from './headerRow.ts';

/** Cells with content of one sheet, by row and column from 1. */
export type SheetCells = ReadonlyMap<number, ReadonlyMap<number, TableCell>>;

/** A block's number of cells may exceed those with content this many times: more is a few cells far apart. */
const mostSparse = 50;

/**
 * Writes a sheet: rows without a gap make a table, a row or column of its own is text, and so is what stands above a table's header. Empty rows and columns
 * are left out, and the others keep their numbers.
 */
export function writeSheet(cells: SheetCells, name: string, writer: DocumentWriter): void {
  for (const rowsTogether of blocksOf(cells)) {
    const above = headerRow(rowsTogether, cells);
    writer.paragraph(
      rowsTogether
        .slice(0, above)
        .map((row) => rowAsText(cells, row))
        .join('\n'),
    );
    const block = rowsTogether.slice(above);
    const columns = [...new Set(block.flatMap((row) => [...(cells.get(row)?.keys() ?? [])]))].sort((a, b) => a - b);
    const filled = block.reduce((sum, row) => sum + (cells.get(row)?.size ?? 0), 0);
    const cell = (row: number, column: number): TableCell => cells.get(row)?.get(column) ?? textCell('');
    if (columns.length === 1 && block.length === 1) {
      writer.paragraph(cell(block[0] ?? 0, columns[0] ?? 0).text);
    } else if (block.length * columns.length > 1_000 && block.length * columns.length > mostSparse * filled) {
      for (const row of block) writer.paragraph(rowAsText(cells, row));
    } else {
      const rows = block.map((row) => columns.map((column) => cell(row, column)));
      writer.table({ name, rows, rowNumbers: block, columnNumbers: columns, addressed: true });
    }
  }
}

function rowAsText(cells: SheetCells, row: number): string {
  return [...(cells.get(row)?.values() ?? [])].map(({ text }) => text).join('   ');
}

/** Runs of rows with content. */
function blocksOf(cells: SheetCells): readonly (readonly number[])[] {
  const blocks: number[][] = [];
  for (const row of [...cells.keys()].sort((a, b) => a - b)) {
    const block = blocks.at(-1);
    if (block?.at(-1) === row - 1) block.push(row);
    else blocks.push([row]);
  }
  return blocks;
}
