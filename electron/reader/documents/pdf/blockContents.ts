import type { TableCell } from '../../../shared/documents.ts';
import { textCell } from '../documentWriter.ts';
import { evenRows } from '../markdownTable.ts';
import type { LineCell, TextLine } from './groupLines.ts';
import { joinLines } from './joinLines.ts';

/** A part of a page in reading order. */
export type PagePart =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly TableCell[])[] };

/** A table has at least this many rows of cells. Two lines that happen to have a gap are none. */
const leastRows = 3;
/** Headings are at least this much larger than the text, and no longer than this many letters. */
const headingSize = 1.15;
const longestHeading = 120;

/** Divides the lines of one block into headings, tables and text. `bodySize` is the size of the page's usual type, in points. */
export function blockContents(lines: readonly TextLine[], bodySize: number): readonly PagePart[] {
  const parts: PagePart[] = [];
  let plain: TextLine[] = [];
  const flush = (): void => {
    if (plain.length > 0) parts.push({ kind: 'text', text: joinLines(plain) });
    plain = [];
  };
  for (let index = 0; index < lines.length;) {
    const table = tableAt(lines, index);
    const heading = table === null ? headingAt(lines, index, bodySize) : null;
    if (table !== null) {
      flush();
      parts.push({ kind: 'table', rows: table.rows });
      index = table.end;
    } else if (heading !== null) {
      flush();
      parts.push({ kind: 'heading', level: heading.level, text: heading.text });
      index = heading.end;
    } else {
      const line = lines[index];
      if (line !== undefined) plain.push(line);
      index += 1;
    }
  }
  flush();
  return parts;
}

/** Large lines that stand together. */
function headingAt(lines: readonly TextLine[], start: number, bodySize: number): { level: number; text: string; end: number } | null {
  const first = lines[start];
  if (first === undefined || first.size < headingSize * bodySize) return null;
  let end = start + 1;
  const together = (line: TextLine | undefined): boolean =>
    line !== undefined &&
    Math.abs(line.size - first.size) < 0.05 * first.size &&
    line.baseline - (lines[end - 1]?.baseline ?? 0) < 1.6 * line.size;
  while (together(lines[end])) end += 1;
  const text = joinLines(lines.slice(start, end)).replaceAll(/\s+/g, ' ');
  // A page of large type, such as a slide, is no heading as a whole; nor is a number alone.
  if (text.length > longestHeading || end - start > 3 || !/\p{L}{2}/u.test(text)) return null;
  const ratio = first.size / bodySize;
  return { level: ratio >= 1.7 ? 1 : ratio >= 1.35 ? 2 : 3, text, end };
}

/** A stretch across the page. */
interface Stretch {
  left: number;
  right: number;
}

/** Rows of cells that stand under one another, as many as there are from `start` on; null for fewer than three. */
function tableAt(
  lines: readonly TextLine[],
  start: number,
): { readonly rows: readonly (readonly TableCell[])[]; readonly end: number } | null {
  const columns: Stretch[] = [];
  let end = start;
  for (let line = lines[end]; line !== undefined && line.cells.length > 1; line = lines[end]) {
    const places = placesOf(line, columns);
    if (places === null) break;
    for (const { cell, column } of places) {
      if (column === null) columns.push({ left: cell.left, right: cell.right });
      else {
        column.left = Math.min(column.left, cell.left);
        column.right = Math.max(column.right, cell.right);
      }
    }
    columns.sort((one, other) => one.left - other.left);
    end += 1;
  }
  if (end - start < leastRows || columns.length < 2) return null;
  const rows = lines.slice(start, end).map((line) => {
    const row = columns.map(() => textCell(''));
    for (const { cell, column } of placesOf(line, columns) ?? []) {
      const index = column === null ? -1 : columns.indexOf(column);
      if (index >= 0) row[index] = textCell(`${row[index]?.text ?? ''} ${cell.text}`);
    }
    return row;
  });
  return { rows: evenRows(rows), end };
}

/**
 * The column of each cell: the one that it stands under, else, in a line with a cell for every column, the one of its number (a heading at the left of
 * numbers at the right); null for a new one. Null for a line that lies across columns.
 */
function placesOf(
  line: TextLine,
  columns: readonly Stretch[],
): readonly { readonly cell: LineCell; readonly column: Stretch | null }[] | null {
  const cells = line.cells.toSorted((one, other) => one.left - other.left);
  const under = cells.map((cell) => columns.filter((column) => column.left < cell.right && cell.left < column.right));
  if (under.some((found) => found.length > 1)) return null;
  return cells.map((cell, index) => {
    const sameNumber = cells.length === columns.length ? columns[index] : undefined;
    const free = sameNumber !== undefined && !under.some((found) => found[0] === sameNumber) ? sameNumber : null;
    return { cell, column: under[index]?.[0] ?? free };
  });
}
