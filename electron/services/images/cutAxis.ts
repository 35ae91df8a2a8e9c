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

/** A place to cut: how much of the ink on the axis' fullest part it goes through, 0 (a blank stretch) .. 1. */
export interface Cut {
  readonly at: number;
  readonly damage: number;
}

export interface CutAxis {
  readonly spans: readonly Span[];
  /** Damage of all cuts together. */
  readonly damage: number;
}

/** A cut may move this far from its even place, as a share of a tile. */
const reach = 0.2;
/** Keeps what is whole but for rounding errors whole, on both sides alike. */
const epsilon = 1e-6;

/**
 * Divides an axis into `count` spans that cover it. Each cut is moved to the middle of the nearest blank stretch; where there is none, to where it
 * goes through the least ink, and the spans overlap. Mirror-symmetric: when two places are as good and as near, the cut stays between them.
 */
export function cutAxis(axis: AxisToCut): CutAxis {
  const { length, count, overlap } = axis;
  const starts = [0];
  const ends: number[] = [];
  let damage = 0;
  for (let index = 1; index < count; index += 1) {
    const even = (index * length) / count;
    const clean = cleanCut(axis, even);
    const cut = clean === null ? leastInkCut(axis, even) : { at: clean, damage: 0 };
    const half = clean === null ? overlap / 2 : 0;
    damage += cut.damage;
    ends.push(Math.min(length, Math.ceil(cut.at + half - epsilon)));
    starts.push(Math.max(0, Math.floor(cut.at - half + epsilon)));
  }
  ends.push(length);
  return { spans: starts.map((start, index) => ({ start, end: ends[index] ?? length })), damage };
}

/** The place within reach that goes through the least ink, measured over the width of a clean gap; the even place when none is clearly better. */
function leastInkCut(axis: AxisToCut, even: number): Cut {
  const { length, count, ink, scale, cleanGap } = axis;
  const half = Math.max(1, Math.round(cleanGap / scale / 2));
  const sums = [0];
  for (const edges of ink) sums.push((sums.at(-1) ?? 0) + edges);
  /** Ink of the samples around a boundary between samples. */
  const around = (boundary: number): number =>
    ((sums[Math.min(ink.length, boundary + half)] ?? 0) - (sums[Math.max(0, boundary - half)] ?? 0)) / (2 * half);
  let fullest = 0;
  for (let boundary = half; boundary <= ink.length - half; boundary += 1) fullest = Math.max(fullest, around(boundary));
  const middle = even / scale;
  const limit = (reach * length) / count / scale;
  // Below and above alike, so that a mirrored axis rounds the same way.
  const atEven = (around(Math.floor(middle)) + around(Math.ceil(middle))) / 2;
  let best = { distance: 0, ink: atEven, sides: [0] as number[] };
  for (let distance = 1; distance <= limit; distance += 1) {
    for (const side of [-1, 1]) {
      const boundary = side < 0 ? Math.floor(middle) - distance : Math.ceil(middle) + distance;
      const there = around(boundary);
      if (there < 0.75 * atEven && there < best.ink - epsilon) best = { distance, ink: there, sides: [side] };
      else if (best.distance === distance && Math.abs(there - best.ink) <= epsilon) best = { ...best, sides: [...best.sides, side] };
    }
  }
  const [side = 0] = best.sides;
  const chosen =
    best.sides.length > 1 || side === 0
      ? { at: even, ink: atEven }
      : { at: (side < 0 ? Math.floor(middle) - best.distance : Math.ceil(middle) + best.distance) * scale, ink: best.ink };
  return { at: chosen.at, damage: fullest === 0 ? 0 : Math.min(1, chosen.ink / fullest) };
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
