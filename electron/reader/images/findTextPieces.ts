/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is in range by construction, and a fallback value makes these loops half as fast */
import type { Rect } from '../../shared/attachments.ts';
import type { Samples } from './lumaSamples.ts';

/** Width of the strips that are searched, in samples: a few letters of small print, one of a heading. */
const stripWidth = 40;
const lowestLine = 5;
/** Of higher lines a strip holds no whole letter, and the parts of one look like lines of their own: they are found at a coarser resolution. */
const highestLine = 48;
/** Strokes that a row of the strip crosses times the height of the line over the strip's width: about 5 for a full strip of text, whatever its size. */
const leastStrokes = 1.5;
const mostStrokes = 12;
/** Height of a line's ink over the font's size: that of capitals and digits. With descenders it is 0.95, with neither 0.55. */
const inkOfEm = 0.72;
/** Neighbouring strips belong to one line when their bands share this much of the higher one's rows. */
const leastShared = 0.5;

interface Band {
  readonly start: number;
  readonly end: number;
}

/** A few letters of a line. */
export interface TextPiece {
  /** Where their ink is, in picture pixels. */
  readonly box: Rect;
  /** Size of the type, in picture pixels. */
  readonly em: number;
}

/**
 * The text in a picture, a few letters at a time. A line of text is a band of rows in a narrow strip with many strokes, between quiet rows.
 * Photographs have few such bands.
 */
export function findTextPieces(samples: Samples): readonly TextPiece[] {
  const { scale } = samples;
  const strips: (readonly Band[])[] = [];
  for (let left = 0; left + stripWidth <= samples.width || left === 0; left += stripWidth) {
    const width = Math.min(stripWidth, samples.width - left);
    strips.push(lineBands(strokesByRow(samples, left, width), width));
  }
  return strips.flatMap((bands, index) => {
    const beside = [...(strips[index - 1] ?? []), ...(strips[index + 1] ?? [])];
    const lines = bands.filter((band) => strips.length === 1 || beside.some((other) => isSameLine(band, other)));
    return lines.map((band) => {
      const [left, right] = inkAcross(samples, index * stripWidth, band);
      const height = (band.end - band.start) * scale;
      return { box: { x: left * scale, y: band.start * scale, width: (right - left) * scale, height }, em: Math.round(height / inkOfEm) };
    });
  });
}

/**
 * From where to where the band has ink, in the strip and the ones beside it: the end of a line may be too little to be found in its own strip. The edge
 * of the paper, a frame or a rule goes on above and below the line, and is no ink.
 */
function inkAcross(samples: Samples, strip: number, { start, end }: Band): readonly [number, number] {
  const from = Math.max(1, strip - stripWidth);
  const to = Math.min(samples.width - 1, strip + 2 * stripWidth);
  const beyond = Math.max(2, Math.round(0.15 * (end - start)));
  let [left, right] = [strip + stripWidth, strip];
  for (let x = from; x < to; x += 1) {
    if (isEdge(samples, x, start - beyond) && isEdge(samples, x, end - 1 + beyond)) continue;
    let ink = false;
    for (let y = start; y < end && !ink; y += 1) ink = isEdge(samples, x, y);
    if (!ink) continue;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
  }
  return left < right ? [left, right] : [strip, Math.min(samples.width, strip + stripWidth)];
}

function isEdge({ width, height, luma, edgeContrast }: Samples, x: number, y: number): boolean {
  if (y < 0 || y >= height) return false;
  return Math.abs(luma[y * width + x + 1]! - luma[y * width + x - 1]!) >= edgeContrast;
}

/** A line goes on from strip to strip; the odd band in a photograph does not. */
function isSameLine(a: Band, b: Band): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared >= leastShared * Math.max(a.end - a.start, b.end - b.start);
}

/** Stroke edges that each row crosses in a strip. */
function strokesByRow({ width, height, luma, edgeContrast }: Samples, left: number, stripSamples: number): readonly number[] {
  const counts = new Array<number>(height).fill(0);
  for (let y = 0; y < height; y += 1) {
    let before = 0;
    for (let x = Math.max(1, left); x < Math.min(width - 1, left + stripSamples); x += 1) {
      const across = luma[y * width + x + 1]! - luma[y * width + x - 1]!;
      const sign = across >= edgeContrast ? 1 : across <= -edgeContrast ? -1 : 0;
      if (sign !== 0 && sign !== before) counts[y]! += 1;
      before = sign;
    }
  }
  return counts;
}

function lineBands(strokes: readonly number[], width: number): readonly Band[] {
  // What most rows have is a frame or a rule that runs down the strip.
  const usual = strokes.toSorted((a, b) => a - b)[Math.floor(strokes.length / 5)] ?? 0;
  const runs = inkRuns(strokes, usual + 2);
  return runs.filter(({ start, end }, index) => {
    const height = end - start;
    if (height < lowestLine || height > highestLine) return false;
    const quiet = Math.max(2, 0.15 * height);
    if (start > 0 && start - (runs[index - 1]?.end ?? -quiet) < quiet) return false;
    if (end < strokes.length && (runs[index + 1]?.start ?? strokes.length + quiet) - end < quiet) return false;
    let sum = 0;
    for (let y = start; y < end; y += 1) sum += strokes[y]! - usual;
    const density = sum / width;
    return density >= leastStrokes && density <= mostStrokes;
  });
}

/** Runs of rows with at least `least` strokes; one row without does not end a run. */
function inkRuns(strokes: readonly number[], least: number): readonly Band[] {
  const runs: { start: number; end: number }[] = [];
  for (const [y, count] of strokes.entries()) {
    if (count < least) continue;
    const last = runs.at(-1);
    if (last !== undefined && y - last.end <= 1) last.end = y + 1;
    else runs.push({ start: y, end: y + 1 });
  }
  return runs;
}
