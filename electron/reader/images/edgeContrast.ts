/** Difference of the neighbours on both sides, in brightness of 255, from which a sample is an edge: under grey print on white. */
const leastContrast = 40;
/** In grainy pictures this many standard deviations of the grain's differences, up to a limit: black print stays an edge whatever the grain. */
const grainDeviations = 4;
const mostContrast = 90;
/** About this many samples tell how grainy a picture is. */
const looks = 20_000;
/** Of a normal distribution the median of the distances from its middle, in standard deviations. */
const medianDeviation = 0.6745;

/** From which contrast on a sample of this picture is an edge and no grain. */
export function edgeContrastOf(width: number, height: number, luma: Uint8Array): number {
  const differences: number[] = [];
  const step = Math.max(1, Math.floor((width * height) / looks));
  for (let at = 1; at + 1 < width * height; at += step) differences.push(Math.abs((luma[at + 1] ?? 0) - (luma[at - 1] ?? 0)));
  differences.sort((a, b) => a - b);
  const deviation = (differences[Math.floor(differences.length / 2)] ?? 0) / medianDeviation;
  return Math.min(mostContrast, Math.max(leastContrast, Math.round(grainDeviations * deviation)));
}
