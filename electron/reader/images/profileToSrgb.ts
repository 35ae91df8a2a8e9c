import sharp from 'sharp';
import type { RgbPixels } from './resampleBilinear.ts';

/**
 * Pixels of the colour space that a profile describes, as sRGB. sharp reads profiles of files only, so they go through a TIFF in memory.
 * @throws Error for a profile of another kind of space
 */
export async function profileToSrgb({ width, height, rgb }: RgbPixels, profile: Buffer): Promise<RgbPixels> {
  const data = await sharp(tiffWith(width, height, rgb, profile), { failOn: 'warning', limitInputPixels: false })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer();
  if (data.length !== rgb.length) throw new Error('the profile is not of an RGB space');
  return { width, height, rgb: data };
}

/** Types of TIFF fields (TIFF 6.0, section 2). */
const short = 3;
const long = 4;
const undefinedBytes = 7;

/** An uncompressed little-endian TIFF of one strip: header, pixels, profile, bits per sample, directory. */
function tiffWith(width: number, height: number, rgb: Uint8Array, profile: Buffer): Buffer {
  const pixelsAt = 8;
  const profileAt = even(pixelsAt + rgb.length);
  const bitsAt = even(profileAt + profile.length);
  const directoryAt = bitsAt + 6;
  const fields: readonly (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 3, bitsAt],
    // No compression; red, green, blue.
    [259, short, 1, 1],
    [262, short, 1, 2],
    [273, long, 1, pixelsAt],
    [277, short, 1, 3],
    [278, long, 1, height],
    [279, long, 1, rgb.length],
    // Pixels interleaved.
    [284, short, 1, 1],
    [34_675, undefinedBytes, profile.length, profileAt],
  ];
  const tiff = Buffer.alloc(directoryAt + 2 + fields.length * 12 + 4);
  tiff.write('II', 0, 'latin1');
  tiff.writeUInt16LE(42, 2);
  tiff.writeUInt32LE(directoryAt, 4);
  tiff.set(rgb, pixelsAt);
  tiff.set(profile, profileAt);
  for (const index of [0, 1, 2]) tiff.writeUInt16LE(8, bitsAt + 2 * index);
  tiff.writeUInt16LE(fields.length, directoryAt);
  for (const [index, [tag, type, count, value]] of fields.entries()) {
    const at = directoryAt + 2 + 12 * index;
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  }
  return tiff;
}

function even(offset: number): number {
  return offset + (offset % 2);
}
