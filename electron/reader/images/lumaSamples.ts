/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is in range by construction, and a fallback value makes these loops half as fast */
import { edgeContrastOf } from './edgeContrast.ts';
import type { RgbPixels } from './resampleBilinear.ts';

/** Brightness, row by row. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
  /** Picture pixels per sample on each axis. */
  readonly scale: number;
  /** From which difference of its neighbours on, in brightness, a sample is an edge. */
  readonly edgeContrast: number;
}

/** About this many samples are looked at: enough for print of 8 px on a screen shot, and an A4 page at 300 dpi is not thinned out at all. */
const mostSamples = 9_000_000;

/** The same at half the resolution: the mean of boxes of two by two. */
export function halved({ width, height, luma, scale }: Samples): Samples {
  const across = Math.floor(width / 2);
  const down = Math.floor(height / 2);
  const half = new Uint8Array(across * down);
  for (let y = 0; y < down; y += 1) {
    for (let x = 0; x < across; x += 1) {
      const at = 2 * y * width + 2 * x;
      half[y * across + x] = (luma[at]! + luma[at + 1]! + luma[at + width]! + luma[at + width + 1]! + 2) >> 2;
    }
  }
  return { width: across, height: down, luma: half, scale: 2 * scale, edgeContrast: edgeContrastOf(across, down, half) };
}

/** Brightness of a picture; of very large ones the mean of boxes of `scale` x `scale` pixels. */
export function lumaSamples({ width, height, rgb }: RgbPixels): Samples {
  const scale = Math.max(1, Math.ceil(Math.sqrt((width * height) / mostSamples)));
  const across = Math.max(1, Math.floor(width / scale));
  const down = Math.max(1, Math.floor(height / scale));
  const luma = new Uint8Array(across * down);
  const boxWidth = Math.min(scale, width);
  const boxHeight = Math.min(scale, height);
  for (let y = 0; y < down; y += 1) {
    for (let x = 0; x < across; x += 1) {
      let sum = 0;
      for (let row = 0; row < boxHeight; row += 1) {
        let pixel = ((y * scale + row) * width + x * scale) * 3;
        for (let column = 0; column < boxWidth; column += 1, pixel += 3) {
          // Rec. 601 weights in 256ths.
          sum += rgb[pixel]! * 77 + rgb[pixel + 1]! * 150 + rgb[pixel + 2]! * 29;
        }
      }
      luma[y * across + x] = Math.round(sum / (256 * boxWidth * boxHeight));
    }
  }
  return { width: across, height: down, luma, scale, edgeContrast: edgeContrastOf(across, down, luma) };
}
