import { joinTexts, tidied, type LineCell, type TextLine } from './groupLines.ts';
import type { PlacedRun } from './placedRuns.ts';
import { groupRows, isFigure, type TableLine } from './tableRows.ts';

/** A table in the lines of a block. */
export interface FoundTable {
  /** As many cells in each row as there are columns. */
  readonly rows: readonly (readonly FoundCell[])[];
  /** The line after it. */
  readonly end: number;
}

export interface FoundCell {
  /** Lines of the cell, joined by spaces. */
  readonly text: string;
  readonly runs: readonly PlacedRun[];
}

/** A table has at least this many rows of cells. Two lines that happen to have a gap are none. */
const leastRows = 3;
/** Lines of one table are no farther apart than this many font heights where one of them has a single cell. */
const nearLines = 1.6;
/** And in a column after the first, this many. */
const nextRow = 2.4;
/** Lines at the top of a page that may belong to the last row of the page before. */
const mostRestLines = 4;
/** Cells of close columns are this many font heights apart at least; words are 0.25. */
const pieceGap = 0.6;

/** A text that is too long for its column reaches into the next one by less than this many font heights. */
const touching = 0.5;

/** A stretch across the page. */
interface Stretch {
  left: number;
  right: number;
}

/** A part of a cell, with its column where that is known already. */
interface PlacedCellPart extends LineCell {
  readonly column?: Stretch;
}

interface PlacedCell {
  readonly cell: LineCell;
  /** Null for a new one. */
  readonly column: Stretch | null;
}

/** Rows of cells that stand under one another, as many as there are from line `start` on; null for fewer than three. */
export function tableAt(lines: readonly TextLine[], start: number): FoundTable | null {
  const first = firstRow(lines, start);
  if (first === null) return null;
  const { columns: apart, end } = columnsFrom(lines, first);
  if (apart.length < 2) return null;
  const columns = apart.flatMap((column) => closeColumns(lines.slice(first, end), column));
  const rest = lines.slice(start, first).map((line) => placesOf(line, columns));
  // What stands above the first row belongs to it or to a row of the page before only where it lies in a later column.
  if (rest.some((places) => (places?.[0]?.column ?? columns[0]) === columns[0])) return null;
  const placed = lines.slice(start, end).map((line) => tableLine(line, columns));
  if (first > start && !beginsWithData(placed.slice(first - start))) return null;
  const rows = upToText(withWrappedLabels(groupRows(placed)));
  if (rows.filter((row) => columnsIn(row) > 1).length < leastRows) return null;
  return {
    rows: rows.map((row) => columns.map((_, column) => joined(row.flatMap(({ cells }) => cells[column] ?? [])))),
    end: start + rows.reduce((sum, { length }) => sum + length, 0),
  };
}

/** The first line of several cells, at `start` or after a few close lines of one; null for none. */
function firstRow(lines: readonly TextLine[], start: number): number | null {
  for (let index = start; index <= start + mostRestLines; index += 1) {
    const line = lines[index];
    if (line === undefined || !follows(lines[index - 1], line, index > start)) return null;
    if (line.cells.length > 1) return index;
  }
  return null;
}

function follows(before: TextLine | undefined, line: TextLine, inside: boolean): boolean {
  return !inside || (before !== undefined && line.baseline - before.baseline <= nearLines * line.size && before.size <= 1.1 * line.size);
}

/** Whether a line of one cell belongs to the rows before it: in a later column it may be the first line of a row whose other cells stand lower. */
function goesOn(before: TextLine | undefined, line: TextLine, inFirst: boolean): boolean {
  return follows(before, line, true) || (!inFirst && before !== undefined && line.baseline - before.baseline <= nextRow * line.size);
}

function columnsFrom(lines: readonly TextLine[], first: number): { readonly columns: readonly Stretch[]; readonly end: number } {
  const columns: Stretch[] = [];
  let end = first;
  for (let line = lines[end]; line !== undefined; line = lines[end]) {
    const places = placesOf(line, columns);
    if (places === null) break;
    const [only] = places;
    if (places.length === 1 && ((only?.column ?? null) === null || !goesOn(lines[end - 1], line, only?.column === columns[0]))) break;
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
  return { columns, end };
}

/** The columns in what looks like one: where most of its lines have a small gap in the same place, and none lies across it. */
function closeColumns(lines: readonly TextLine[], column: Stretch): readonly Stretch[] {
  const inside = lines.map(({ cells, size }) =>
    cells.filter(within(column)).flatMap((cell) => pieces(cell, size).flatMap((piece) => clipped(piece, column, size))),
  );
  const covered: Stretch[] = [];
  for (const { left, right } of inside.flat().toSorted((a, b) => a.left - b.left)) {
    const last = covered.at(-1);
    if (last === undefined || left >= last.right) covered.push({ left, right });
    else last.right = Math.max(last.right, right);
  }
  const filled = inside.filter(({ length }) => length > 0);
  const columns: Stretch[] = [];
  for (const stretch of covered) {
    const last = columns.at(-1);
    const both = filled.filter(
      (cells) => cells.some(({ right }) => right <= (last?.right ?? 0)) && cells.some(({ left }) => left >= stretch.left),
    );
    const apart = last !== undefined && stretch.left - last.right >= 0.5 * pieceGap * (lines[0]?.size ?? 0);
    if (last === undefined || (apart && both.length * 2 > filled.length)) columns.push({ ...stretch });
    else last.right = stretch.right;
  }
  return columns;
}

/** A piece as far as it lies in a column: of one that sticks out, the runs that belong there. */
function clipped(piece: LineCell, column: Stretch, size: number): readonly Stretch[] {
  if (!within(column)(piece)) return [];
  if (piece.left >= column.left && piece.right <= column.right) return [piece];
  return piece.runs
    .map(({ left, right }) => ({ left: Math.max(left, column.left), right: Math.min(right, column.right) }))
    .filter(({ left, right }) => right - left > Math.min(touching * size, 0.5 * (column.right - column.left)));
}

/** Whether something lies under a column, if only in part. */
function within({ left, right }: Stretch): (other: Stretch) => boolean {
  return (other) => other.left < right && left < other.right;
}

/** Whether the first row has a figure in a column of figures, as no header has. */
function beginsWithData([first, ...others]: readonly TableLine[]): boolean {
  return first?.cells.some((cell, column) => isFigure(cell) && others.some(({ cells }) => isFigure(cells[column] ?? null))) ?? false;
}

/** The first line of a row's label may stand alone above the row, which goes on with a small letter. */
function withWrappedLabels(rows: readonly (readonly TableLine[])[]): readonly (readonly TableLine[])[] {
  const joined: (readonly TableLine[])[] = [];
  for (const row of rows) {
    const [line] = row;
    const before = joined.at(-1);
    const label = before?.length === 1 && columnsIn(before) === 1 ? before[0]?.cells[0] : undefined;
    const goesOn = /^\p{Ll}/u.test(line?.cells[0]?.text ?? '') && columnsIn(row) > 1;
    const near = (line?.baseline ?? 0) - (before?.[0]?.baseline ?? 0) <= nearLines * (line?.size ?? 0);
    if (before !== undefined && label !== undefined && label !== null && goesOn && near) joined.splice(-1, 1, [...before, ...row]);
    else joined.push(row);
  }
  return joined;
}

/** A line with one cell that is no part of a row ends the table; at its top it may be the rest of a row of the page before. */
function upToText(rows: readonly (readonly TableLine[])[]): readonly (readonly TableLine[])[] {
  const end = rows.findIndex((row, index) => columnsIn(row) < 2 && (index > 1 || row.some(({ cells }) => cells[0] !== null)));
  return end === -1 ? rows : rows.slice(0, end);
}

function columnsIn(row: readonly TableLine[]): number {
  return (row[0]?.cells ?? []).filter((_, column) => row.some(({ cells }) => cells[column] !== null)).length;
}

function tableLine(line: TextLine, columns: readonly Stretch[]): TableLine {
  const places = placesOf(line, columns) ?? [];
  return {
    cells: columns.map((column) => {
      const here = places.filter((place) => place.column === column).map(({ cell }) => cell);
      return here.length === 0 ? null : { ...around(here), ...joined(here) };
    }),
    rights: columns.map(({ right }) => right),
    baseline: line.baseline,
    size: line.size,
  };
}

function around(cells: readonly LineCell[]): Stretch {
  return { left: Math.min(...cells.map(({ left }) => left)), right: Math.max(...cells.map(({ right }) => right)) };
}

function joined(cells: readonly LineCell[]): FoundCell {
  return { text: cells.map(({ text }) => text).join(' '), runs: cells.flatMap(({ runs }) => runs) };
}

/**
 * The column of each cell: the one that it stands under, else, in a line with a cell for every column, the one of its number (a heading at the left of
 * numbers at the right). Null for a line that lies across columns.
 */
function placesOf(line: TextLine, columns: readonly Stretch[]): readonly PlacedCell[] | null {
  const under = (cell: LineCell): readonly Stretch[] => columns.filter(({ left, right }) => left < cell.right && cell.left < right);
  const cells: readonly PlacedCellPart[] = line.cells
    .flatMap((cell) => (under(cell).length > 1 ? pieces(cell, line.size) : [cell]))
    .flatMap((cell) => (under(cell).length > 1 ? (byColumn(cell, columns, line.size) ?? [cell]) : [cell]))
    .toSorted((a, b) => a.left - b.left);
  const found = cells.map((cell) => (cell.column === undefined ? under(cell) : [cell.column]));
  if (found.some((columnsOfCell) => columnsOfCell.length > 1)) return null;
  return cells.map((cell, index) => {
    const sameNumber = cells.length === columns.length ? columns[index] : undefined;
    const free = sameNumber !== undefined && !found.some((taken) => taken[0] === sameNumber) ? sameNumber : null;
    return { cell, column: found[index]?.[0] ?? free };
  });
}

/** A cell as its runs, where a text that is too long for its column touches the next one; null where a run lies across columns itself. */
function byColumn({ runs }: LineCell, columns: readonly Stretch[], size: number): readonly PlacedCellPart[] | null {
  const parts: PlacedCellPart[] = [];
  for (const run of runs.toSorted((a, b) => a.left - b.left)) {
    const under = columns.filter(({ left, right }) => Math.min(right, run.right) - Math.max(left, run.left) > touching * size);
    const [column] = under;
    if (column === undefined || under.length > 1 || parts.some((part) => part.column === column)) return null;
    parts.push({ text: tidied(run.text), left: run.left, right: Math.min(run.right, column.right), runs: [run], column });
  }
  return parts;
}

/** The parts of a cell with smaller gaps between them than cells usually have. */
function pieces({ runs }: LineCell, size: number): readonly LineCell[] {
  const parts: LineCell[] = [];
  for (const run of runs.toSorted((a, b) => a.left - b.left)) {
    const last = parts.at(-1);
    const gap = last === undefined ? Infinity : run.left - last.right;
    if (last === undefined || gap >= pieceGap * size) parts.push({ text: run.text, left: run.left, right: run.right, runs: [run] });
    else
      parts[parts.length - 1] = {
        text: joinTexts(last.text, run.text, gap, size),
        left: last.left,
        right: Math.max(last.right, run.right),
        runs: [...last.runs, run],
      };
  }
  return parts.map((part) => ({ ...part, text: tidied(part.text) }));
}
