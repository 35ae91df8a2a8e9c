import { gutterReaches } from './gutterReaches.ts';
import { groupLines, type TextLine } from './groupLines.ts';
import { rowsAcross } from './rowsAcross.ts';
import type { PlacedRun } from './placedRuns.ts';

/** A side of a gutter is a column of prose from this many lines and this many characters a line on; less is a table or a label. */
const columnLines = 3;
const columnCharacters = 18;
/** This share of the lines of prose fills this share of the width of its column. */
const filledShare = 0.75;
const filledWidth = 0.7;
/** Of the lines on the two sides of a table's gap, this share have one baseline. */
const besideShare = 0.8;

/**
 * Divides a page into blocks in reading order: bands from top to bottom, and inside a run of bands that share a gutter, column by column.
 * Baselines of two columns need not agree.
 */
export function orderBlocks(runs: readonly PlacedRun[]): readonly (readonly PlacedRun[])[] {
  if (runs.length === 0) return [];
  const bands = divideBands(runs);
  const blocks: (readonly PlacedRun[])[] = [];
  let single: PlacedRun[] = [];
  const flush = (): void => {
    if (single.length > 0) blocks.push(single);
    single = [];
  };
  let inColumns = 0;
  for (const [start, band] of bands.entries()) {
    if (start < inColumns) continue;
    const columns = longestColumns(bands.slice(start));
    if (columns === null) single.push(...band);
    else {
      if (columns.sides === null) single.push(...bands.slice(start, start + columns.bands).flat());
      else {
        flush();
        for (const side of columns.sides) blocks.push(...orderBlocks(side));
      }
      inColumns = start + columns.bands;
    }
  }
  flush();
  return blocks;
}

type Sides = readonly [readonly PlacedRun[], readonly PlacedRun[]];

interface Columns {
  /** How many bands the gutter divides. */
  readonly bands: number;
  /** Null for rows of a table that only have a gap where the columns around them have their gutter. */
  readonly sides: Sides | null;
}

/** The most bands, from the first on, that one gutter divides into prose; null for none. */
function longestColumns(bands: readonly (readonly PlacedRun[])[]): Columns | null {
  for (const { bands: count, middle } of gutterReaches(bands)) {
    const sides = sidesOf(bands.slice(0, count), middle);
    if (!sides.every(isProse) || isTable(sides)) continue;
    const rows = rowsAcross(bands.slice(0, count), middle, sides);
    if (rows === null) return { bands: count, sides };
    if (rows.from === 0) return { bands: rows.to, sides: null };
    const above = sidesOf(bands.slice(0, rows.from), middle);
    if (above.every(isProse)) return { bands: rows.from, sides: above };
  }
  return null;
}

function sidesOf(bands: readonly (readonly PlacedRun[])[], middle: number): Sides {
  const runs = bands.flat();
  return [runs.filter((run) => run.right <= middle), runs.filter((run) => run.left >= middle)];
}

/** Bands: groups of runs between which a horizontal line crosses nothing. */
function divideBands(runs: readonly PlacedRun[]): readonly (readonly PlacedRun[])[] {
  const bands: PlacedRun[][] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const run of runs.toSorted((a, b) => a.baseline - a.size - (b.baseline - b.size))) {
    if (run.baseline - 0.75 * run.size >= bottom) bands.push([run]);
    else bands.at(-1)?.push(run);
    bottom = Math.max(bottom, run.baseline);
  }
  return bands;
}

/** Lines of a side divide into cells, and lines of both sides stand beside one another. */
function isTable(sides: Sides): boolean {
  const [left, right] = sides.map((runs) => groupLines(runs));
  if (left === undefined || right === undefined || [left, right].every(isSetInColumns)) return false;
  const hasCells = (lines: readonly TextLine[]): boolean => lines.filter(({ cells }) => cells.length > 1).length * 2 > lines.length;
  if (!hasCells(left) && !hasCells(right)) return false;
  const [fewer, more] = left.length < right.length ? [left, right] : [right, left];
  const beside = fewer.filter((line) => more.some(({ baseline, size }) => Math.abs(baseline - line.baseline) < 0.1 * size));
  return beside.length >= besideShare * fewer.length;
}

/** Lines that are filled as far as their column goes, as those of prose are: two or more columns on one side may have one baseline. */
function isSetInColumns(lines: readonly TextLine[]): boolean {
  const cells = lines.flatMap((line) => line.cells.map((cell) => ({ ...cell, size: line.size })));
  const lengths = cells.map(({ text }) => text.length).sort((a, b) => a - b);
  if (cells.length < columnLines || (lengths[Math.floor(lengths.length / 2)] ?? 0) < columnCharacters) return false;
  const filled = cells.filter(({ left, right, size }) => {
    const reach = Math.max(...cells.filter((other) => Math.abs(other.left - left) < 0.5 * size).map((other) => other.right));
    return right - left >= filledWidth * (reach - left);
  });
  return filled.length >= filledShare * cells.length;
}

function isProse(runs: readonly PlacedRun[]): boolean {
  const lines = new Map<number, number>();
  for (const run of runs) {
    const line = Math.round(run.baseline / Math.max(1, 0.5 * run.size));
    lines.set(line, (lines.get(line) ?? 0) + run.text.length);
  }
  if (lines.size < columnLines) return false;
  const lengths = [...lines.values()].sort((a, b) => a - b);
  return (lengths[Math.floor(lengths.length / 2)] ?? 0) >= columnCharacters;
}
