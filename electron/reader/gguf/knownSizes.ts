import { releasedSizes, seeingSizes } from '../../shared/gemmaSizes.ts';
import type { ModelSize, ReleasedSize } from '../../shared/models.ts';
import type { TextShape } from './textShape.ts';

/** Frequency base of the global layers in every size. */
const ropeBase = 1_000_000;
/** Linear RoPE factor of the global layers where the context is 128K; 1 elsewhere. */
const longContextFactor = 8;

/** The size of a text model by its shape, and in what else it differs from the released one. */
export function recogniseSize(shape: TextShape): { readonly size: ModelSize; readonly warnings: readonly string[] } {
  const size = (Object.keys(releasedSizes) as ReleasedSize[]).find((name) =>
    (['layers', 'width', 'feedForward', 'heads', 'keyHeads', 'headWidth'] as const).every((key) => releasedSizes[name][key] === shape[key]),
  );
  if (size === undefined) return { size: 'custom', warnings: ['This model is not one of the known sizes of Gemma 3.'] };
  const known = releasedSizes[size];
  const differences: string[] = [];
  const compare = (what: string, actual: number, expected: number): void => {
    if (actual !== expected) differences.push(`Its ${what} is ${actual}; the released Gemma 3 ${size} has ${expected}.`);
  };
  compare('sliding window', shape.window, known.window);
  compare('context limit', shape.contextLimit, known.contextLimit);
  compare('RoPE base', shape.ropeBase, ropeBase);
  compare('RoPE factor', shape.ropeFactor, seeingSizes.includes(size) ? longContextFactor : 1);
  return { size, warnings: differences };
}

/** Widths of the released text models that can see. */
export const seeingWidths: readonly number[] = seeingSizes.map((size) => releasedSizes[size].width);
