import sharp from 'sharp';
import { checkViewSide } from './renderViews.ts';
import type { RgbPixels } from './resampleBilinear.ts';

/** The decoded picture for people, longest side at most `side` pixels, never enlarged. WebP at quality 90: the same pixels the model's views come from. */
export async function renderPreview(image: RgbPixels, side: number): Promise<{ readonly mime: string; readonly bytes: Uint8Array }> {
  checkViewSide(side);
  const bytes = await sharp(image.rgb, { raw: { width: image.width, height: image.height, channels: 3 }, limitInputPixels: false })
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 90, effort: 2 })
    .toBuffer();
  return { mime: 'image/webp', bytes };
}
