import { raisedText } from '../raisedText.ts';
import type { PlacedRun } from './placedRuns.ts';

/** Raised and lowered text is smaller than the text of its line by this factor at least. */
const mostSize = 0.87;
/** Its baseline lies this many font heights of the line above that of the line, or below it. */
const above = { from: 0.15, to: 0.75 };
const below = { from: 0.08, to: 0.5 };
/** It touches the text that it belongs to, but for this many font heights. */
const mostGap = 0.2;
/** A mark before its note stands apart by this many at most. */
const noteGap = 0.6;

/**
 * Runs in the order in which they are drawn, with indices, powers and marks of footnotes on the line that they belong to, and their figures as raised or
 * lowered ones: 10⁶ is neither 106 nor 10.
 */
export function raiseFigures(runs: readonly PlacedRun[]): readonly PlacedRun[] {
  const placed: PlacedRun[] = [];
  // The text of the line that the last run stands on; a run of its own where it is neither raised nor lowered.
  let base: PlacedRun | null = null;
  for (const run of runs) {
    const last = placed.at(-1);
    const where =
      last === undefined || base === null || !touches(last, run, last === base ? 0 : last.right - last.left, base.size)
        ? null
        : shift(base, run);
    if (where !== null && base !== null) {
      placed.push({ ...run, text: raisedText(run.text, where), baseline: base.baseline });
      continue;
    }
    if (last !== undefined && last === base && shift(run, last) === 'above' && run.turn === last.turn && isMarkBefore(last, run)) {
      placed[placed.length - 1] = { ...last, text: raisedText(last.text, 'above'), baseline: run.baseline };
    }
    placed.push(run);
    base = run;
  }
  return placed;
}

/** Where a run stands beside a line's text; null for one of another line, or on the line itself. */
function shift(base: PlacedRun, run: PlacedRun): 'above' | 'below' | null {
  if (run.turn !== base.turn || run.rightToLeft || run.size > mostSize * base.size) return null;
  const up = (base.baseline - run.baseline) / base.size;
  if (up >= above.from && up <= above.to) return 'above';
  return -up >= below.from && -up <= below.to ? 'below' : null;
}

/** One that is lowered may stand under the raised one before it, `width` to the left of its end. */
function touches(before: PlacedRun, run: PlacedRun, width: number, size: number): boolean {
  const gap = run.left - before.right;
  return gap <= mostGap * size && gap >= -width - mostGap * size;
}

function isMarkBefore(mark: PlacedRun, text: PlacedRun): boolean {
  const gap = text.left - mark.right;
  return /\d/.test(mark.text) && gap >= -mostGap * text.size && gap <= noteGap * text.size;
}
