import type { DocumentTable, TableCell } from '../../shared/documents.ts';
import { type Column, decimalMarkOf, readColumn } from './columnValues.ts';
import { totalRows } from './totalRows.ts';
import type { DecimalMark } from './writtenNumbers.ts';

export interface NamedColumn extends Column {
  readonly name: string;
}

/** A table with its header taken off and its columns typed. */
export interface TypedTable {
  readonly columns: readonly NamedColumn[];
  /** Of each row, as the document numbers it. */
  readonly rowNumbers: readonly number[];
  /** Numbers of the rows at the end that only total the others. */
  readonly totals: readonly number[];
}

/** Null for what cannot be computed with: a table without a header and rows under it. */
export function openTable({ rows, rowNumbers }: DocumentTable): TypedTable | null {
  const [header, ...body] = rows;
  if (header === undefined || body.length === 0) return null;
  const names = columnNames(header);
  const columns = readColumns(body, names);
  const totals = totalRows(columns);
  const numbers = rowNumbers.slice(1);
  return {
    columns: totals.length === 0 ? columns : readColumns(body, names, totals.length),
    rowNumbers: numbers,
    totals: totals.flatMap((place) => numbers[place] ?? []),
  };
}

/** Every column has a name, and each its own. */
function columnNames(header: readonly TableCell[]): readonly string[] {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const plain = cell.text.trim() === '' ? `Column ${index + 1}` : cell.text.trim();
    let name = plain;
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${plain} ${copy}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** @param totals rows at the end that say nothing about what a column is: “Total” may stand under dates */
function readColumns(body: readonly (readonly TableCell[])[], names: readonly string[], totals = 0): readonly NamedColumn[] {
  const count = body.length - totals;
  const cellsOf = (index: number): readonly TableCell[] => body.map((row) => row[index] ?? { type: 'empty', text: '', value: null });
  const mark = usualMark(names.map((_, index) => cellsOf(index).slice(0, count)));
  return names.map((name, index): NamedColumn => {
    const cells = cellsOf(index);
    const column = readColumn(cells.slice(0, count), mark);
    const atTheEnd = cells.slice(count).map(({ text }) => (text.trim() === '' ? null : (column.read(text.trim()) ?? text.trim())));
    return { name, ...column, values: [...column.values, ...atTheEnd] };
  });
}

/** What decimals follow in the columns of a table that show it, where they agree: 1.250 in one column means what the others say. */
function usualMark(columns: readonly (readonly TableCell[])[]): DecimalMark | null {
  const marks = new Set(columns.flatMap((cells) => decimalMarkOf(cells) ?? []));
  return marks.size === 1 ? ([...marks][0] ?? null) : null;
}
