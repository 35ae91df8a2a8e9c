import type { Rect } from '../../shared/attachments.ts';

/** The reference processor's own numbers (Hugging Face's Gemma 3 processor): smallest crop side, most crops, least ratio of the sides. */
const smallestCrop = 256;
const mostCrops = 4;
const leastRatio = 1.2;

/**
 * The crops of the reference processor's Pan & Scan: strips along the longer side that do not overlap, the last one shorter; none for pictures
 * that are nearly square or too small. The whole picture comes first in the prompt and is not in this list.
 */
export function referenceCrops(width: number, height: number): readonly Rect[] {
  const longer = Math.max(width, height);
  const shorter = Math.min(width, height);
  if (longer / shorter < leastRatio) return [];
  const rounded = Math.floor(longer / shorter + 0.5);
  const count = Math.min(mostCrops, Math.max(2, Math.min(Math.floor(longer / smallestCrop), rounded)));
  const strip = Math.ceil(longer / count);
  if (Math.min(strip, shorter) < smallestCrop) return [];
  return Array.from({ length: count }, (_, index) => {
    const start = index * strip;
    const length = Math.min(strip, longer - start);
    return width >= height ? { x: start, y: 0, width: length, height } : { x: 0, y: start, width, height: length };
  });
}
