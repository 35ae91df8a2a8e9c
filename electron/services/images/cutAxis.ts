/** A stretch of pixels, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface AxisToCut {
  /** In pixels. */
  readonly length: number;
  readonly count: number;
  /** Edge samples along the axis, one every `scale` pixels. */
  readonly ink: readonly number[];
  readonly scale: number;
  /** A blank stretch from this length on is cut in its middle, without overlap; in pixels. */
  readonly cleanGap: number;
  /** How much neighbours share where no blank stretch is near, in pixels. */
  readonly overlap: number;
}

/** A cut may move this far from its even place, as a share of a tile. */
const reach = 0.2;
/** Keeps what is whole but for rounding errors whole, on both sides alike. */
const epsilon = 1e-6;

/**
 * Divides an axis into `count` spans that cover it. Each cut is moved to the middle of the nearest blank stretch; where there is none, the spans
 * overlap. Mirror-symmetric: when two stretches are equally near, the spans overlap too.
 */
export function cutAxis(axis: AxisToCut): readonly Span[] {
  const { length, count, overlap } = axis;
  const starts = [0];
  const ends: number[] = [];
  for (let index = 1; index < count; index += 1) {
    const even = (index * length) / count;
    const clean = cleanCut(axis, even);
    const half = clean === null ? overlap / 2 : 0;
    ends.push(Math.min(length, Math.ceil((clean ?? even) + half - epsilon)));
    starts.push(Math.max(0, Math.floor((clean ?? even) - half + epsilon)));
  }
  ends.push(length);
  return starts.map((start, index) => ({ start, end: ends[index] ?? length }));
}

/** Middle of the blank stretch nearest to `even`, in pixels; null when there is none in reach, or two are as near. */
function cleanCut({ length, count, ink, scale, cleanGap }: AxisToCut, even: number): number | null {
  const limit = (reach * length) / count;
  const middles = blankStretches(ink)
    .filter(({ start, end }) => (end - start) * scale >= cleanGap)
    .map(({ start, end }) => nearestInside(start * scale, Math.min(length, end * scale), cleanGap / 2, even))
    .filter((middle) => Math.abs(middle - even) <= limit)
    .sort((a, b) => Math.abs(a - even) - Math.abs(b - even));
  const [nearest, second] = middles;
  if (nearest === undefined) return null;
  const tied = second !== undefined && Math.abs(Math.abs(second - even) - Math.abs(nearest - even)) < epsilon;
  return tied ? null : nearest;
}

/** The place nearest to `wanted` that keeps `margin` from both ends of a blank stretch. */
function nearestInside(start: number, end: number, margin: number, wanted: number): number {
  return Math.min(end - margin, Math.max(start + margin, wanted));
}

function blankStretches(ink: readonly number[]): readonly Span[] {
  const stretches: Span[] = [];
  let start = 0;
  for (const [index, edges] of [...ink, 1].entries()) {
    if (edges === 0) continue;
    if (index > start) stretches.push({ start, end: index });
    start = index + 1;
  }
  return stretches;
}
