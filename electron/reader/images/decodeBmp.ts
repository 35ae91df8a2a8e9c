import { readBmpHeader } from './bmpHeader.ts';
import { bmpPixelReader } from './bmpPixels.ts';
import { expandRunLengths } from './bmpRunLengths.ts';
import type { RgbPixels } from './resampleBilinear.ts';

/**
 * Decodes a Windows or OS/2 bitmap: 1, 4, 8, 16, 24 and 32 bits, run lengths, bit fields, either row order; transparency over white.
 * @param checkSize called with the header's width and height before memory is taken; throws to refuse
 * @throws Error for damage and for the embedded JPEG and PNG of printers
 */
export function decodeBmp(bytes: Buffer, checkSize: (width: number, height: number) => void): RgbPixels {
  const header = readBmpHeader(bytes);
  const { width, height } = header;
  checkSize(width, height);
  const runs = header.compression === 'rle8' || header.compression === 'rle4';
  const data = runs ? expandRunLengths(bytes, header) : bytes.subarray(header.pixelOffset);
  const rowBytes = runs ? width : Math.ceil((width * header.bits) / 32) * 4;
  if (data.length < rowBytes * (height - 1) + Math.ceil((width * (runs ? 8 : header.bits)) / 8))
    throw new Error('unexpected end of the bitmap');
  const rgb = new Uint8Array(width * height * 3);
  const pixel = bmpPixelReader(data, runs ? { ...header, bits: 8 } : header);
  for (let row = 0; row < height; row += 1) {
    const from = (header.topDown ? row : height - 1 - row) * rowBytes;
    for (let column = 0; column < width; column += 1) pixel(from, column, rgb, (row * width + column) * 3);
  }
  return { width, height, rgb };
}
