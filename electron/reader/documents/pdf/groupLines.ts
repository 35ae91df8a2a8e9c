import type { PlacedRun } from './placedRuns.ts';

/** A piece of a line with a wide gap on either side. */
export interface LineCell {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** In the order of the text. */
  readonly runs: readonly PlacedRun[];
}

/** One line of a block. */
export interface TextLine {
  readonly text: string;
  /** As they stand in the text. */
  readonly runs: readonly PlacedRun[];
  /** Pieces with wide gaps between them, in the order of the text. */
  readonly cells: readonly LineCell[];
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** Of the largest run. */
  readonly size: number;
  /** Width of the first word, estimated from its share of the characters of its run. */
  readonly firstWordWidth: number;
}

/** A gap of this many font heights is a space. Word spaces are about 0.25; kerning and letter spacing stay under 0.1. */
const spaceGap = 0.15;
/** A gap of this many font heights divides cells of a table or a tabulated list. */
const cellGap = 1.6;

/** Runs of one block as lines, top to bottom. Raised and lowered runs (indices, footnote marks) belong to the line they stand on. */
export function groupLines(runs: readonly PlacedRun[]): readonly TextLine[] {
  const rows: { runs: PlacedRun[]; baseline: number; size: number }[] = [];
  // Large runs first: they say where a line is; small ones join it.
  for (const run of runs.toSorted((a, b) => b.size - a.size || a.baseline - b.baseline)) {
    const row = rows.find((candidate) => Math.abs(candidate.baseline - run.baseline) < 0.5 * candidate.size);
    if (row === undefined) rows.push({ runs: [run], baseline: run.baseline, size: run.size });
    else row.runs.push(run);
  }
  return rows.toSorted((a, b) => a.baseline - b.baseline).map((row) => lineOf(row.runs, row.baseline, row.size));
}

function lineOf(runs: readonly PlacedRun[], baseline: number, size: number): TextLine {
  const leftToRight = withoutOverprints(runs.toSorted((a, b) => a.left - b.left));
  const rightToLeft = runs.filter((run) => run.rightToLeft).length * 2 > runs.length;
  const inOrder = rightToLeft ? leftToRight.toReversed() : leftToRight;
  const [first] = leftToRight;
  const firstWord = /^\s*\S+/.exec(first?.text ?? '')?.[0] ?? '';
  const cells = cellsOf(inOrder, size);
  return {
    text: cells.map((cell) => cell.text).join('   '),
    runs: inOrder,
    cells,
    left: first?.left ?? 0,
    right: Math.max(...runs.map((run) => run.right)),
    baseline,
    size,
    firstWordWidth: first === undefined ? 0 : ((first.right - first.left) * firstWord.length) / Math.max(1, first.text.length),
  };
}

/** Some programs print bold text twice, a hair apart. */
function withoutOverprints(runs: readonly PlacedRun[]): readonly PlacedRun[] {
  return runs.filter((run, index) => {
    const before = runs[index - 1];
    const near = (a: number, b: number): boolean => Math.abs(a - b) <= 0.1 * run.size;
    return before?.text !== run.text || !near(before.left, run.left) || !near(before.baseline, run.baseline);
  });
}

/** The text of a cell. A space before decimals is one that sets them under one another. */
export function tidied(text: string): string {
  return text.trim().replaceAll(/(?<=\d) (?=[.,]\d)/g, '');
}

/** Texts of neighbouring runs, with a space where the gap between them is one. */
export function joinTexts(before: string, after: string, gap: number, size: number): string {
  return gap > spaceGap * size && !/\s$/.test(before) && !/^\s/.test(after) ? `${before} ${after}` : before + after;
}

function cellsOf(runs: readonly PlacedRun[], size: number): readonly LineCell[] {
  const cells: LineCell[] = [];
  let before: PlacedRun | null = null;
  for (const run of runs) {
    const last = cells.at(-1);
    const gap = before === null ? 0 : Math.max(run.left - before.right, before.left - run.right);
    if (last === undefined || gap > cellGap * size) cells.push({ text: run.text.trim(), left: run.left, right: run.right, runs: [run] });
    else {
      cells[cells.length - 1] = {
        text: joinTexts(last.text, run.text, gap, size),
        left: Math.min(last.left, run.left),
        right: Math.max(last.right, run.right),
        runs: [...last.runs, run],
      };
    }
    before = run;
  }
  return cells.map((cell) => ({ ...cell, text: tidied(cell.text) }));
}
