import type { Element } from 'domhandler';
import type { TableCell } from '../../../shared/documents.ts';
import { textCell, type TableContent } from '../documentWriter.ts';
import { evenRows } from '../markdownTable.ts';
import { allNamed, childNamed, elementsOf } from './parseMarkup.ts';
import { visibleText } from './visibleText.ts';

const mostSpan = 1_000;

/** A table of data; null for one that only arranges a page (another table inside, or a single row or column). */
export function tableRows(table: Element): TableContent | null {
  if (allNamed(table, 'table').length > 0) return null;
  const lines = elementsOf(table).flatMap((child) =>
    child.name === 'tr' ? [child] : elementsOf(child).filter(({ name }) => name === 'tr'),
  );
  const rows: TableCell[][] = lines.map(() => []);
  for (const [index, line] of lines.entries()) {
    const row = rows[index] ?? [];
    let column = 0;
    for (const cell of elementsOf(line)) {
      if (cell.name !== 'td' && cell.name !== 'th') continue;
      while (row[column] !== undefined) column += 1;
      // A cell over several rows or columns has its text in the first, and the others stay empty.
      for (let down = 0; down < spanOf(cell, 'rowspan') && index + down < rows.length; down += 1)
        for (let right = 0; right < spanOf(cell, 'colspan'); right += 1) {
          const target = rows[index + down];
          if (target !== undefined) target[column + right] = down + right === 0 ? textCell(visibleText(cell)) : textCell('');
        }
    }
  }
  const even = evenRows(rows.map((row) => Array.from(row, (cell: TableCell | undefined) => cell ?? textCell(''))));
  const caption = childNamed(table, 'caption');
  if (even.length < 2 || (even[0]?.length ?? 0) < 2) return null;
  return { name: caption === undefined ? '' : visibleText(caption), rows: even };
}

function spanOf({ attribs }: Element, name: 'rowspan' | 'colspan'): number {
  const span = Number(attribs[name] ?? 1);
  return Number.isInteger(span) && span > 0 ? Math.min(span, mostSpan) : 1;
}
