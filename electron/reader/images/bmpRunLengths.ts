import type { BmpHeader } from './bmpHeader.ts';

/** Palette indices of a run-length bitmap, one byte each, row by row in the order of the file; pixels that are skipped are 0. */
export function expandRunLengths(bytes: Buffer, { width, height, compression, pixelOffset }: BmpHeader): Buffer {
  const indices = Buffer.alloc(width * height);
  const nibbles = compression === 'rle4';
  let at = pixelOffset;
  let x = 0;
  let y = 0;
  const put = (index: number): void => {
    if (x < width && y < height) indices[y * width + x] = index;
    x += 1;
  };
  const pick = (byte: number, position: number): number => (nibbles ? (position % 2 === 0 ? byte >> 4 : byte & 15) : byte);
  while (y < height) {
    // Reading past the end throws, so a file that is cut off is damaged, not grey.
    const count = bytes.readUInt8(at);
    const value = bytes.readUInt8(at + 1);
    at += 2;
    if (count > 0) {
      for (let position = 0; position < count; position += 1) put(pick(value, position));
    } else if (value === 0) {
      x = 0;
      y += 1;
    } else if (value === 1) break;
    else if (value === 2) {
      x += bytes.readUInt8(at);
      y += bytes.readUInt8(at + 1);
      at += 2;
    } else {
      const length = nibbles ? Math.ceil(value / 2) : value;
      for (let position = 0; position < value; position += 1)
        put(pick(bytes.readUInt8(at + (nibbles ? position >> 1 : position)), position));
      at += length + (length % 2);
    }
  }
  return indices;
}
