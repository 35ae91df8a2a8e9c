import type { PlacedTable } from './documentTables.ts';

/** Where a row of a table stands in the text of its page, in UTF-16 units. */
export interface RowPlace {
  readonly page: number;
  readonly start: number;
  readonly end: number;
}

/** Null when the table has no such row, or its text is not the one that the tables were read with. */
export function locateRow({ parts }: PlacedTable, row: number, textOf: (page: number) => string): RowPlace | null {
  const part = parts.findLast(({ firstRow }) => firstRow <= row);
  if (part === undefined) return null;
  const { source, firstRow, repeated } = part;
  // Rows of a first part have the document's numbers, which may leave some out; those of later parts were numbered on.
  const index = part === parts[0] ? source.rowNumbers.indexOf(row) : row - firstRow + repeated;
  if (index < 0 || index >= source.rows.length) return null;
  const lines = textOf(source.page).slice(source.start, source.end).split('\n');
  // The rule under the heading is a line of its own.
  const line = index === 0 ? 0 : index + 1;
  const text = lines[line];
  if (text === undefined || lines.length < source.rows.length + 1) return null;
  const before = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
  return { page: source.page, start: source.start + before, end: source.start + before + text.length };
}
