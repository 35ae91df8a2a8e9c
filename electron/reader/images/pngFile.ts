import sharp from 'sharp';
import type { RgbPixels } from './resampleBilinear.ts';

/** A picture of any size as a PNG file, without loss. */
export function pngFile({ rgb, width, height }: RgbPixels): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .png({ compressionLevel: 3 })
    .toBuffer();
}
