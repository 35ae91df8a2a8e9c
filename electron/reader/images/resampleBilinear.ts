/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is in range by construction, and a fallback value makes these loops half as fast */
import type { Rect } from '../../shared/attachments.ts';

/** Eight-bit RGB pixels, row by row without padding: `width * height * 3` bytes. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Fraction bits of the weights: 32 less 8 for the pixel and 2 for sign and overshoot, as in Pillow's `Resample.c`. */
const precisionBits = 22;

interface Weights {
  /** First source pixel of each output pixel. */
  readonly starts: Int32Array;
  /** Number of source pixels of each output pixel. */
  readonly counts: Int32Array;
  /** `stride` weights per output pixel, in units of 2^-22. */
  readonly values: Int32Array;
  readonly stride: number;
}

/**
 * Stretches a rectangle of a picture to `side` x `side`: antialiased bilinear in two passes, horizontal first, with the triangle widened by the
 * downsampling ratio and eight-bit values in between. Bit for bit what Pillow's `crop` and `resize(BILINEAR)` give, which the reference processor uses
 * (Pillow 13 takes the passes in the other order for some extreme shapes; the values then differ by 1 at most).
 * `rect` must lie inside the picture.
 */
export function resampleBilinear(source: RgbPixels, rect: Rect, side: number): Uint8Array<ArrayBuffer> {
  const narrowed = resampleRows(source, rect, triangleWeights(rect.width, side), side);
  return resampleColumns(narrowed, triangleWeights(rect.height, side), side);
}

function triangleWeights(inputSize: number, outputSize: number): Weights {
  const scale = inputSize / outputSize;
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(outputSize);
  const counts = new Int32Array(outputSize);
  const values = new Int32Array(outputSize * stride);
  const inverseSupport = 1 / support;
  const exact = new Float64Array(stride);
  for (let index = 0; index < outputSize; index += 1) {
    const center = (index + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const count = Math.min(inputSize, Math.trunc(center + support + 0.5)) - start;
    let total = 0;
    for (let tap = 0; tap < count; tap += 1) {
      const distance = Math.abs((tap + start - center + 0.5) * inverseSupport);
      const weight = distance < 1 ? 1 - distance : 0;
      exact[tap] = weight;
      total += weight;
    }
    for (let tap = 0; tap < count; tap += 1)
      values[index * stride + tap] = Math.trunc(0.5 + ((exact[tap] ?? 0) / total) * 2 ** precisionBits);
    starts[index] = start;
    counts[index] = count;
  }
  return { starts, counts, values, stride };
}

/** Horizontal pass: the rows of `rect`, each narrowed (or widened) to `side` pixels. */
function resampleRows(source: RgbPixels, rect: Rect, weights: Weights, side: number): Uint8Array<ArrayBuffer> {
  const { rgb } = source;
  const { starts, counts, values, stride } = weights;
  const output = new Uint8Array(rect.height * side * 3);
  let target = 0;
  for (let row = 0; row < rect.height; row += 1) {
    const rowStart = ((rect.y + row) * source.width + rect.x) * 3;
    for (let index = 0; index < side; index += 1) {
      let pixel = rowStart + starts[index]! * 3;
      let weight = index * stride;
      const end = weight + counts[index]!;
      let red = 1 << (precisionBits - 1);
      let green = red;
      let blue = red;
      for (; weight < end; weight += 1, pixel += 3) {
        const value = values[weight]!;
        red = (red + rgb[pixel]! * value) | 0;
        green = (green + rgb[pixel + 1]! * value) | 0;
        blue = (blue + rgb[pixel + 2]! * value) | 0;
      }
      output[target] = clampByte(red >> precisionBits);
      output[target + 1] = clampByte(green >> precisionBits);
      output[target + 2] = clampByte(blue >> precisionBits);
      target += 3;
    }
  }
  return output;
}

/** Vertical pass over rows of `side` pixels. Walks row by row, so that memory is read in order. */
function resampleColumns(narrowed: Uint8Array, weights: Weights, side: number): Uint8Array<ArrayBuffer> {
  const { starts, counts, values, stride } = weights;
  const rowBytes = side * 3;
  const output = new Uint8Array(side * rowBytes);
  const sums = new Int32Array(rowBytes);
  for (let index = 0; index < side; index += 1) {
    sums.fill(1 << (precisionBits - 1));
    for (let tap = 0; tap < counts[index]!; tap += 1) {
      const value = values[index * stride + tap]!;
      const from = (starts[index]! + tap) * rowBytes;
      for (let offset = 0; offset < rowBytes; offset += 1) {
        sums[offset] = (sums[offset]! + narrowed[from + offset]! * value) | 0;
      }
    }
    const to = index * rowBytes;
    for (let offset = 0; offset < rowBytes; offset += 1) output[to + offset] = clampByte(sums[offset]! >> precisionBits);
  }
  return output;
}

function clampByte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
