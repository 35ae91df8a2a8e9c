import type { LineCell } from './groupLines.ts';

/** A line of a table, a cell or none for every column. */
export interface TableLine {
  readonly cells: readonly (LineCell | null)[];
  /** How far to the right each column reaches. */
  readonly rights: readonly number[];
  readonly baseline: number;
  readonly size: number;
}

/** Distances that differ by less than this factor are the same. */
const sameDistance = 1.2;
/** Lines of one cell are no farther apart than this many font heights. */
const nearLines = 1.5;
/** A column that this share of the rows has is one that every row has. */
const usualShare = 0.8;

/** The rows of a table: a row whose cells are set in several lines is one. */
export function groupRows(lines: readonly TableLine[]): readonly (readonly TableLine[])[] {
  return groupByDistance(lines) ?? groupByEmptyCells(lines);
}

/** Figures, dates, amounts. */
export function isFigure(cell: LineCell | null): boolean {
  return cell !== null && /^[^\p{L}\d]*\d[\d.,:/ '’-]*[^\p{L}\d]*\p{L}{0,3}[^\p{L}\d]*$/u.test(cell.text);
}

/** Where rows stand farther apart than the lines inside of them; null where distances do not tell. */
function groupByDistance(lines: readonly TableLine[]): readonly (readonly TableLine[])[] | null {
  const gaps = lines.slice(1).map(({ baseline }, index) => baseline - (lines[index]?.baseline ?? 0));
  const sorted = gaps.toSorted((a, b) => a - b);
  let limit = 0;
  let widest = sameDistance;
  for (const [index, larger] of sorted.entries()) {
    const smaller = sorted[index - 1];
    if (smaller === undefined || smaller > nearLines * (lines[0]?.size ?? 0) || larger / Math.max(smaller, 0.1) < widest) continue;
    widest = larger / Math.max(smaller, 0.1);
    limit = (smaller + larger) / 2;
  }
  if (limit === 0) return null;
  const rows: TableLine[][] = [];
  for (const [index, line] of lines.entries()) {
    const row = rows.at(-1);
    if (row === undefined || (gaps[index - 1] ?? 0) > limit) rows.push([line]);
    else if (row.some((other) => areTwoRows(other, line))) return null;
    else row.push(line);
  }
  return rows;
}

function areTwoRows(one: TableLine, other: TableLine): boolean {
  const both = one.cells.filter((cell, column) => cell !== null && other.cells[column] !== null).length;
  if (both === one.cells.length || (one.cells[0] !== null && other.cells[0] !== null && both * 2 >= one.cells.length)) return true;
  return one.cells.some((cell, column) => isFigure(cell) && isFigure(other.cells[column] ?? null));
}

/**
 * Where lines are evenly apart, one goes on with the row above if it lacks the first column and another that every row has, and the words of its cells
 * had no room in the line above.
 */
function groupByEmptyCells(lines: readonly TableLine[]): readonly (readonly TableLine[])[] {
  const begun = lines.filter(({ cells }) => cells[0] !== null);
  const usual = (lines[0]?.cells ?? []).map(
    (_, column) => column > 0 && begun.filter(({ cells }) => cells[column] !== null).length >= usualShare * begun.length,
  );
  const rows: TableLine[][] = [];
  for (const line of lines) {
    const row = rows.at(-1);
    if (row !== undefined && goesOn(row, line, usual)) row.push(line);
    else rows.push([line]);
  }
  return rows;
}

function goesOn(row: readonly TableLine[], line: TableLine, usual: readonly boolean[]): boolean {
  const last = row.at(-1);
  if (last === undefined || line.cells[0] !== null || line.baseline - last.baseline > nearLines * line.size) return false;
  if (!usual.some((isUsual, column) => isUsual && line.cells[column] === null)) return false;
  return line.cells.every((cell, column) => {
    if (cell === null) return true;
    const above = row.findLast(({ cells }) => cells[column] !== null)?.cells[column] ?? null;
    if (above === null || (isFigure(above) && isFigure(cell))) return false;
    return above.right + firstWordWidth(cell) > (line.rights[column] ?? 0) - 0.5 * line.size;
  });
}

function firstWordWidth({ text, left, right }: LineCell): number {
  return ((right - left) * (/^\S+/.exec(text)?.[0].length ?? 0)) / Math.max(1, text.length);
}
