import type { DocumentTable, TableCell } from '../../shared/documents.ts';
import { type Column, decimalMarkOf, readColumn } from './columnValues.ts';
import type { DecimalMark } from './writtenNumbers.ts';

export interface NamedColumn extends Column {
  readonly name: string;
}

/** A table with its header taken off and its columns typed. */
export interface TypedTable {
  readonly columns: readonly NamedColumn[];
  /** Of each row, as the document numbers it. */
  readonly rowNumbers: readonly number[];
}

/** Null for what cannot be computed with: a table without a header and rows under it. */
export function openTable({ rows, rowNumbers }: DocumentTable): TypedTable | null {
  const [header, ...body] = rows;
  if (header === undefined || body.length === 0) return null;
  const taken = new Set<string>();
  const cellsOf = (index: number): readonly TableCell[] => body.map((row) => row[index] ?? { type: 'empty', text: '', value: null });
  const mark = usualMark(header.map((_, index) => cellsOf(index)));
  const columns = header.map((cell, index): NamedColumn => {
    const plain = cell.text.trim() === '' ? `Column ${index + 1}` : cell.text.trim();
    let name = plain;
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${plain} ${copy}`;
    taken.add(name.toLowerCase());
    return { name, ...readColumn(cellsOf(index), mark) };
  });
  return { columns, rowNumbers: rowNumbers.slice(1) };
}

/** What decimals follow in the columns of a table that show it, where they agree: 1.250 in one column means what the others say. */
function usualMark(columns: readonly (readonly TableCell[])[]): DecimalMark | null {
  const marks = new Set(columns.flatMap((cells) => decimalMarkOf(cells) ?? []));
  return marks.size === 1 ? ([...marks][0] ?? null) : null;
}
