import type { RgbPixels } from '../../images/resampleBilinear.ts';

/** True for a page without anything on it, as a program writes one; a scan of blank paper has specks and shades. */
export function isOfOneColour({ rgb }: RgbPixels): boolean {
  for (let byte = 3; byte < rgb.length; byte += 1) if (rgb[byte] !== rgb[byte - 3]) return false;
  return true;
}
