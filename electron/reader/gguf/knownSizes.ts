import type { ModelSize } from '../../shared/models.ts';
import type { TextShape } from './textShape.ts';

interface KnownSize {
  readonly size: Exclude<ModelSize, 'custom'>;
  readonly layers: number;
  readonly width: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly keyHeads: number;
  readonly headWidth: number;
  readonly window: number;
  readonly contextLimit: number;
  /** Linear RoPE factor of the global layers; 1 for none. */
  readonly ropeFactor: number;
}

/** Frequency base of the global layers in every size. */
const ropeBase = 1_000_000;

/** The sizes Gemma 3 was released in. Source: the configurations in google-deepmind/gemma and google/gemma_pytorch. */
const knownSizes: readonly KnownSize[] = [
  {
    size: '270M',
    layers: 18,
    width: 640,
    feedForward: 2048,
    heads: 4,
    keyHeads: 1,
    headWidth: 256,
    window: 512,
    contextLimit: 32_768,
    ropeFactor: 1,
  },
  {
    size: '1B',
    layers: 26,
    width: 1152,
    feedForward: 6912,
    heads: 4,
    keyHeads: 1,
    headWidth: 256,
    window: 512,
    contextLimit: 32_768,
    ropeFactor: 1,
  },
  {
    size: '4B',
    layers: 34,
    width: 2560,
    feedForward: 10_240,
    heads: 8,
    keyHeads: 4,
    headWidth: 256,
    window: 1024,
    contextLimit: 131_072,
    ropeFactor: 8,
  },
  {
    size: '12B',
    layers: 48,
    width: 3840,
    feedForward: 15_360,
    heads: 16,
    keyHeads: 8,
    headWidth: 256,
    window: 1024,
    contextLimit: 131_072,
    ropeFactor: 8,
  },
  {
    size: '27B',
    layers: 62,
    width: 5376,
    feedForward: 21_504,
    heads: 32,
    keyHeads: 16,
    headWidth: 128,
    window: 1024,
    contextLimit: 131_072,
    ropeFactor: 8,
  },
];

/** The size of a text model by its shape, and in what else it differs from the released one. */
export function recogniseSize(shape: TextShape): { readonly size: ModelSize; readonly warnings: readonly string[] } {
  const known = knownSizes.find(
    (row) =>
      row.layers === shape.layers &&
      row.width === shape.width &&
      row.feedForward === shape.feedForward &&
      row.heads === shape.heads &&
      row.keyHeads === shape.keyHeads &&
      row.headWidth === shape.headWidth,
  );
  if (known === undefined) return { size: 'custom', warnings: ['This model is not one of the known sizes of Gemma 3.'] };
  const differences: string[] = [];
  const compare = (what: string, actual: number, expected: number): void => {
    if (actual !== expected) differences.push(`Its ${what} is ${actual}; the released Gemma 3 ${known.size} has ${expected}.`);
  };
  compare('sliding window', shape.window, known.window);
  compare('context limit', shape.contextLimit, known.contextLimit);
  compare('RoPE base', shape.ropeBase, ropeBase);
  compare('RoPE factor', shape.ropeFactor, known.ropeFactor);
  return { size: known.size, warnings: differences };
}

/** Widths of the released text models that can see. */
export const seeingWidths: readonly number[] = [2560, 3840, 5376];
