import type { BmpHeader } from './bmpHeader.ts';

/** Writes the pixel `column` of the row that begins at `from` as RGB to `to`. */
export type BmpPixelReader = (from: number, column: number, rgb: Uint8Array, to: number) => void;

/** The way the pixels of a bitmap are stored; `data` is long enough for every row. */
export function bmpPixelReader(data: Buffer, { bits, palette, masks }: Pick<BmpHeader, 'bits' | 'palette' | 'masks'>): BmpPixelReader {
  if (bits <= 8) {
    const perByte = 8 / bits;
    const mask = (1 << bits) - 1;
    return (from, column, rgb, to) => {
      const byte = data.readUInt8(from + Math.floor(column / perByte));
      const index = (byte >> (8 - bits * ((column % perByte) + 1))) & mask;
      rgb.set(palette.subarray(index * 3, index * 3 + 3), to);
    };
  }
  if (bits === 24) {
    return (from, column, rgb, to) => {
      const at = from + column * 3;
      rgb[to] = data.readUInt8(at + 2);
      rgb[to + 1] = data.readUInt8(at + 1);
      rgb[to + 2] = data.readUInt8(at);
    };
  }
  const channels = masks.map(channelReader);
  const [red = zero, green = zero, blue = zero] = channels;
  const alpha = masks[3] === 0 ? null : (channels[3] ?? zero);
  const bytes = bits / 8;
  return (from, column, rgb, to) => {
    const value = data.readUIntLE(from + column * bytes, bytes);
    // Over white, as every other format.
    const cover = alpha === null ? 1 : alpha(value) / 255;
    rgb[to] = Math.round(red(value) * cover + 255 * (1 - cover));
    rgb[to + 1] = Math.round(green(value) * cover + 255 * (1 - cover));
    rgb[to + 2] = Math.round(blue(value) * cover + 255 * (1 - cover));
  };
}

function zero(): number {
  return 0;
}

/** A channel of any width, stretched to 0..255. */
function channelReader(mask: number): (value: number) => number {
  if (mask === 0) return zero;
  const shift = Math.clz32(mask & -mask) ^ 31;
  const most = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / most);
}
