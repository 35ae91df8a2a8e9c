import type { Place } from '../citations/searchDocument.ts';
import type { PlacedTable } from './documentTables.ts';
import type { TablePart } from './joinTables.ts';

/** Where a row of a table stands in the text of its pages, in UTF-16 units: the line of it, and one more where a page's end divides it. */
export type RowPlace = Pick<Place, 'page' | 'start' | 'end' | 'rest'>;

/** Null when the table has no such row, or its text is not the one that the tables were read with. */
export function locateRow({ parts }: PlacedTable, row: number, textOf: (page: number) => string): RowPlace | null {
  const part = parts.findLast(({ firstRow }) => firstRow <= row);
  if (part === undefined) return null;
  const { source, firstRow, repeated } = part;
  // Rows of a first part have the document's numbers, which may leave some out; those of later parts were numbered on.
  const index = part === parts[0] ? source.rowNumbers.indexOf(row) : row - firstRow + repeated;
  const place = locateLine(part, index, textOf);
  const next = parts[parts.indexOf(part) + 1];
  const rest = index === source.rows.length - 1 && next?.endsRow === true ? locateLine(next, next.repeated - 1, textOf) : null;
  return place === null ? null : { ...place, rest: rest === null ? [] : [rest] };
}

function locateLine({ source }: TablePart, index: number, textOf: (page: number) => string): Omit<RowPlace, 'rest'> | null {
  if (index < 0 || index >= source.rows.length) return null;
  const lines = textOf(source.page).slice(source.start, source.end).split('\n');
  // The rule under the heading is a line of its own.
  const line = index === 0 ? 0 : index + 1;
  const text = lines[line];
  if (text === undefined || lines.length < source.rows.length + 1) return null;
  const before = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
  return { page: source.page, start: source.start + before, end: source.start + before + text.length };
}
