import { releasedSizes, seeingSizes } from './gemmaSizes.ts';
import type { ReleasedSize } from './models.ts';
import type { TextModelShape } from './modelShape.ts';

/** Variants of the released sizes, the recommended one first. */
export const quantisations = ['Q4_0', 'Q4_K_M', 'Q8_0', 'BF16'] as const;
export type Quantisation = (typeof quantisations)[number];

/** Bytes per number of the matrices and of the embedding. The released Q4_0 files keep the embedding, which is the output head too, in Q8_0. */
const bytesPerNumber: Readonly<Record<Exclude<Quantisation, 'Q4_K_M'>, { readonly matrices: number; readonly embedding: number }>> = {
  Q4_0: { matrices: 18 / 32, embedding: 34 / 32 },
  Q8_0: { matrices: 34 / 32, embedding: 34 / 32 },
  BF16: { matrices: 2, embedding: 2 },
};

/** A mixture of types that no formula gives: the published files without their 6.5 MB of header. */
const mixed: Readonly<Record<ReleasedSize, number>> = {
  '270M': 246_587_904,
  '1B': 799_558_000,
  '4B': 2_483_258_000,
  '12B': 7_294_075_000,
  '27B': 16_539_905_000,
};

/** Bytes of the tensors of a released size in this variant, which is what they take in memory. */
export function weightBytes(size: ReleasedSize, quantisation: Quantisation): number {
  if (quantisation === 'Q4_K_M') return mixed[size];
  const { matrices, embedding, norms } = numbersOf(releasedSizes[size]);
  const per = bytesPerNumber[quantisation];
  return embedding * per.embedding + matrices * per.matrices + norms * 4;
}

/** Bytes of the tensors of the projector that belongs to a size, in half precision; null for sizes that see nothing. */
export function projectorBytes(size: ReleasedSize): number | null {
  if (!seeingSizes.includes(size)) return null;
  // The encoder is the same in every size; the projection has 1152 numbers for each of the text model's width.
  const encoder = 843_973_056;
  return encoder + releasedSizes[size].width * 1152 * 2;
}

/** How many numbers the tensors of a text model hold, by what they are for. */
export function numbersOf(shape: TextModelShape): { readonly embedding: number; readonly matrices: number; readonly norms: number } {
  const { layers, width, feedForward, heads, keyHeads, headWidth, vocabulary } = shape;
  const perLayer = 2 * width * headWidth * (heads + keyHeads) + 3 * width * feedForward;
  return { embedding: vocabulary * width, matrices: layers * perLayer, norms: layers * (4 * width + 2 * headWidth) + width };
}
