import type { PlacedRun } from './placedRuns.ts';

/** A gutter, and how many bands from the first on it divides before a run crosses it. */
export interface GutterReach {
  readonly bands: number;
  /** Of the gutter where it is narrowest. */
  readonly middle: number;
}

/** A stretch across the page that runs cover. */
interface Covered {
  readonly left: number;
  readonly right: number;
  /** Type size of its first run. */
  readonly size: number;
}

interface Gutter {
  readonly left: number;
  readonly right: number;
}

/** More gutters side by side than this are the gaps of a table. */
const mostGutters = 4;

/** The gutters that begin with the first band, the longest first. */
export function gutterReaches(bands: readonly (readonly PlacedRun[])[]): readonly GutterReach[] {
  const reaches: GutterReach[] = [];
  let covered: readonly Covered[] = [];
  let open: readonly Gutter[] = [];
  const end = (gutters: readonly Gutter[], count: number): void => {
    if (open.length > mostGutters) return;
    for (const { left, right } of gutters) reaches.push({ bands: count, middle: (left + right) / 2 });
  };
  for (const [index, band] of bands.entries()) {
    covered = cover(covered, band);
    const now = guttersBetween(covered);
    end(
      open.filter((gutter) => !now.some(({ left, right }) => left < gutter.right && right > gutter.left)),
      index,
    );
    open = now;
  }
  end(open, bands.length);
  return reaches.sort((a, b) => b.bands - a.bands);
}

function cover(covered: readonly Covered[], band: readonly PlacedRun[]): readonly Covered[] {
  const merged: Covered[] = [];
  const parts: readonly Covered[] = [...covered, ...band];
  for (const { left, right, size } of parts.toSorted((a, b) => a.left - b.left)) {
    const last = merged.at(-1);
    if (last === undefined || left > last.right) merged.push({ left, right, size });
    else if (right > last.right) merged[merged.length - 1] = { ...last, right };
  }
  return merged;
}

/** Gaps that are at least as wide as the type is high. */
function guttersBetween(covered: readonly Covered[]): readonly Gutter[] {
  return covered.slice(1).flatMap((next, index) => {
    const left = covered[index]?.right ?? next.left;
    return next.left - left >= Math.max(6, 0.9 * next.size) ? [{ left, right: next.left }] : [];
  });
}
