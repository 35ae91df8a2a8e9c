import decodeHeif from 'heic-decode';
import type { RgbPixels } from './resampleBilinear.ts';

/**
 * Decodes the first picture of a HEIC file, upright as the file's own transformations say.
 * @param checkSize called with the header's width and height before memory is taken; throws to refuse
 * @throws Error for damage
 */
export async function decodeHeic(bytes: Uint8Array, checkSize: (width: number, height: number) => void): Promise<RgbPixels> {
  const pictures = await decodeHeif.all({ buffer: bytes });
  try {
    const [first] = pictures;
    if (first === undefined) throw new Error('no picture in the file');
    checkSize(first.width, first.height);
    const { width, height, data } = await first.decode();
    return { width, height, rgb: overWhite(data) };
  } finally {
    pictures.dispose();
  }
}

function overWhite(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3] ?? 255;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = rgba[from + channel] ?? 0;
      rgb[to + channel] = alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return rgb;
}
