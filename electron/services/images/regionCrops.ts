import type { Rect } from '../../shared/attachments.ts';
import { facetError } from '../../shared/errors.ts';

/** Boxes of one picture at most. */
const mostRegions = 16;

/**
 * The user's boxes in whole pixels, cut off at the picture's edges.
 * @throws FacetError invalidRequest for a box without any pixel of the picture, for numbers that are none, and for more than 16 boxes
 */
export function regionCrops(width: number, height: number, regions: readonly Rect[]): readonly Rect[] {
  if (regions.length > mostRegions)
    throw facetError('invalidRequest', { field: 'regions', reason: `may be given ${String(mostRegions)} times for a picture at most` });
  return regions.map((region) => {
    const left = Math.max(0, Math.floor(region.x));
    const top = Math.max(0, Math.floor(region.y));
    const right = Math.min(width, Math.ceil(region.x + region.width));
    const bottom = Math.min(height, Math.ceil(region.y + region.height));
    if (!(right > left && bottom > top)) {
      throw facetError('invalidRequest', {
        field: 'regions',
        reason: `must lie inside the picture of ${String(width)} x ${String(height)} pixels`,
      });
    }
    return { x: left, y: top, width: right - left, height: bottom - top };
  });
}
