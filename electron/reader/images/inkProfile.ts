/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is in range by construction, and a fallback value makes these loops half as fast */
import type { InkProfile } from '../readerContract.ts';
import { lumaSamples } from './lumaSamples.ts';
import type { RgbPixels } from './resampleBilinear.ts';
import { textArea } from './textArea.ts';
import { textResolution } from './textResolution.ts';

/** Side of a cell in samples. */
const cellSize = 16;

/** Where a picture has edges, at the resolution at which its text stands out, and how high its text is. */
export function inkProfile(image: RgbPixels): InkProfile {
  const { samples, pieces } = textResolution(lumaSamples(image));
  const { width, height, luma, edgeContrast } = samples;
  const rows = new Array<number>(height).fill(0);
  const columns = new Array<number>(width).fill(0);
  const cellColumns = Math.ceil(width / cellSize);
  const cells = new Array<number>(cellColumns * Math.ceil(height / cellSize)).fill(0);
  for (let y = 0; y < height; y += 1) {
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    const here = y * width;
    const cellRow = Math.floor(y / cellSize) * cellColumns;
    for (let x = 0; x < width; x += 1) {
      const across = luma[here + Math.min(width - 1, x + 1)]! - luma[here + Math.max(0, x - 1)]!;
      const down = luma[below + x]! - luma[above + x]!;
      if (Math.abs(across) < edgeContrast && Math.abs(down) < edgeContrast) continue;
      rows[y]! += 1;
      columns[x]! += 1;
      cells[cellRow + Math.floor(x / cellSize)]! += 1;
    }
  }
  return {
    scale: samples.scale,
    rows,
    columns,
    cells: { size: cellSize, columns: cellColumns, edges: cells },
    textHeights: pieces.map(({ em }) => em).sort((a, b) => a - b),
    textArea: textArea(pieces, image.width, image.height),
  };
}
