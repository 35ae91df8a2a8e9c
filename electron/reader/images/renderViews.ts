import { createHash } from 'node:crypto';
import type { Rect } from '../../shared/attachments.ts';
import { facetError } from '../../shared/errors.ts';
import type { ImageView } from '../readerContract.ts';
import { readerLimits } from '../readerLimits.ts';
import { resampleBilinear, type RgbPixels } from './resampleBilinear.ts';

/**
 * The views of a picture as the encoder gets them, in the order of `rects`; null is the whole picture.
 * @throws FacetError invalidRequest for a side or a rectangle out of range.
 */
export function renderViews(image: RgbPixels, rects: readonly (Rect | null)[], side: number): readonly ImageView[] {
  checkViewSide(side);
  if (rects.length > readerLimits.views)
    throw facetError('invalidRequest', { field: 'rects', reason: `at most ${String(readerLimits.views)}` });
  for (const rect of rects) if (rect !== null) checkRect(rect, image);
  return rects.map((rect) => {
    const rgb = resampleBilinear(image, rect ?? { x: 0, y: 0, width: image.width, height: image.height }, side);
    return { rgb, sha256: createHash('sha256').update(rgb).digest('hex') };
  });
}

/** @throws FacetError invalidRequest unless a whole number of 1 to 4096. */
export function checkViewSide(side: number): void {
  if (!Number.isInteger(side) || side < 1 || side > readerLimits.viewSide) {
    throw facetError('invalidRequest', { field: 'side', reason: `a whole number from 1 to ${String(readerLimits.viewSide)}` });
  }
}

function checkRect(rect: Rect, image: RgbPixels): void {
  const whole = [rect.x, rect.y, rect.width, rect.height].every((value) => Number.isInteger(value));
  const inside = rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= image.width && rect.y + rect.height <= image.height;
  if (!whole || !inside || rect.width < 1 || rect.height < 1) {
    throw facetError('invalidRequest', {
      field: 'rects',
      reason: `whole pixels inside ${String(image.width)} x ${String(image.height)}, at least 1 x 1`,
    });
  }
}
