export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: 'none' | 'rle8' | 'rle4' | 'bitFields';
  /** Red, green, blue, three bytes each; empty from 16 bits on. */
  readonly palette: Uint8Array;
  /** Bits of red, green, blue and alpha in a pixel of 16 or 32 bits; 0 for no alpha. */
  readonly masks: readonly [number, number, number, number];
  readonly pixelOffset: number;
}

const fileHeaderSize = 14;
const coreHeaderSize = 12;
const infoHeaderSize = 40;

/** @throws Error for what is no bitmap, is cut off, or has a form that is not read */
export function readBmpHeader(bytes: Buffer): BmpHeader {
  const headerSize = bytes.readUInt32LE(fileHeaderSize);
  const core = headerSize === coreHeaderSize;
  if (!core && headerSize < 16) throw new Error('unknown bitmap header');
  const width = core ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const signedHeight = core ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  const bits = bytes.readUInt16LE(core ? 24 : 28);
  const compression = compressionOf(core || headerSize < 20 ? 0 : bytes.readUInt32LE(30), bits);
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw new Error(`${String(bits)} bits per pixel`);
  const masksAfterHeader = compression === 'bitFields' && headerSize === infoHeaderSize;
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bits,
    compression,
    palette: bits <= 8 ? readPalette(bytes, headerSize, bits, masksAfterHeader ? 12 : 0) : new Uint8Array(),
    masks: readMasks(bytes, headerSize, bits, compression),
    pixelOffset: bytes.readUInt32LE(10),
  };
}

function compressionOf(value: number, bits: number): BmpHeader['compression'] {
  if (value === 0) return 'none';
  if (value === 1 && bits === 8) return 'rle8';
  if (value === 2 && bits === 4) return 'rle4';
  if ((value === 3 || value === 6) && (bits === 16 || bits === 32)) return 'bitFields';
  throw new Error(`bitmap compression ${String(value)}`);
}

function readMasks(bytes: Buffer, headerSize: number, bits: number, compression: BmpHeader['compression']): BmpHeader['masks'] {
  if (compression !== 'bitFields') return bits === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0xff0000, 0x00ff00, 0x0000ff, 0];
  const mask = (index: number): number => bytes.readUInt32LE(fileHeaderSize + infoHeaderSize + index * 4);
  return [mask(0), mask(1), mask(2), headerSize >= 56 ? mask(3) : 0];
}

function readPalette(bytes: Buffer, headerSize: number, bits: number, skipped: number): Uint8Array {
  const entryBytes = headerSize === coreHeaderSize ? 3 : 4;
  const stated = headerSize >= infoHeaderSize ? bytes.readUInt32LE(46) : 0;
  const entries = stated === 0 || stated > 1 << bits ? 1 << bits : stated;
  const start = fileHeaderSize + headerSize + skipped;
  // An index beyond the stated colours is black.
  const palette = new Uint8Array((1 << bits) * 3);
  for (let index = 0; index < entries; index += 1) {
    palette[index * 3] = bytes.readUInt8(start + index * entryBytes + 2);
    palette[index * 3 + 1] = bytes.readUInt8(start + index * entryBytes + 1);
    palette[index * 3 + 2] = bytes.readUInt8(start + index * entryBytes);
  }
  return palette;
}
