import type { TableCell } from '../../../shared/documents.ts';
import { textCell } from '../documentWriter.ts';
import { tableAt } from './findTable.ts';
import type { TextLine } from './groupLines.ts';
import { joinLines } from './joinLines.ts';
import type { PlacedRun } from './placedRuns.ts';

/** A part of a page in reading order. `runs`: line by line, and in a table cell by cell, in the order of the text. */
export type PagePart = { readonly runs: readonly (readonly PlacedRun[])[] } & (
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly TableCell[])[] }
);

/** Headings are at least this much larger than the text, and no longer than this many letters. */
const headingSize = 1.15;
const longestHeading = 120;

/** Divides the lines of one block into headings, tables and text. `bodySize` is the size of the page's usual type, in points. */
export function blockContents(lines: readonly TextLine[], bodySize: number): readonly PagePart[] {
  const parts: PagePart[] = [];
  let plain: TextLine[] = [];
  const flush = (): void => {
    if (plain.length > 0) parts.push({ kind: 'text', text: joinLines(plain), runs: runsOf(plain) });
    plain = [];
  };
  for (let index = 0; index < lines.length;) {
    const table = tableAt(lines, index);
    const heading = table === null ? headingAt(lines, index, bodySize) : null;
    if (table !== null) {
      flush();
      parts.push({
        kind: 'table',
        rows: table.rows.map((row) => row.map(({ text }) => textCell(text))),
        runs: table.rows.flat().map(({ runs }) => runs),
      });
      index = table.end;
    } else if (heading !== null) {
      flush();
      parts.push({ kind: 'heading', level: heading.level, text: heading.text, runs: runsOf(lines.slice(index, heading.end)) });
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

function runsOf(lines: readonly TextLine[]): readonly (readonly PlacedRun[])[] {
  return lines.map(({ runs }) => runs);
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
