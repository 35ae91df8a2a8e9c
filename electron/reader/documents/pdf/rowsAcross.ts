import type { PlacedRun } from './placedRuns.ts';

/** Fewer rows are the ends of paragraphs that happen to stand side by side. */
const leastRows = 3;
/** Type in a row of a table fills less than this share of the column of prose that it stands under. */
const unfilledShare = 0.7;
/** A table is this many font heights away from prose, baseline to baseline. */
const apart = 1.6;

type Band = readonly PlacedRun[];

/**
 * The first rows of a table that lie across a gutter, apart from the prose above them or, at the top, below: one line in each band, with type on both
 * sides that fills neither column. Null for none.
 */
export function rowsAcross(
  bands: readonly Band[],
  middle: number,
  sides: readonly [readonly PlacedRun[], readonly PlacedRun[]],
): { readonly from: number; readonly to: number } | null {
  const widths = sides.map((runs) => Math.max(...runs.map(({ right }) => right)) - Math.min(...runs.map(({ left }) => left)));
  const isRow = (band: Band): boolean =>
    band.every(({ baseline, size }) => Math.abs(baseline - (band[0]?.baseline ?? 0)) < 0.1 * size) &&
    [band.filter(({ right }) => right <= middle), band.filter(({ left }) => left >= middle)].every((side, index) => {
      const type = side.reduce((sum, { left, right }) => sum + right - left, 0);
      return side.length > 0 && type < unfilledShare * (widths[index] ?? 0);
    });
  for (let from = 0; from < bands.length; from += 1) {
    let to = from;
    for (
      let band = bands[to];
      band !== undefined && isRow(band) && (to === from || !areApart(bands[to - 1], band, 2 * apart));
      band = bands[to]
    )
      to += 1;
    if (
      to - from >= leastRows &&
      (from > 0 ? areApart(bands[from - 1], bands[from]) : to === bands.length || areApart(bands[to - 1], bands[to]))
    )
      return { from, to };
    if (to > from) from = to - 1;
  }
  return null;
}

function areApart(above: Band | undefined, below: Band | undefined, heights = apart): boolean {
  if (above === undefined || below === undefined) return false;
  const last = Math.max(...above.map(({ baseline }) => baseline));
  const next = Math.min(...below.map(({ baseline }) => baseline));
  return next - last > heights * Math.max(...below.map(({ size }) => size));
}
