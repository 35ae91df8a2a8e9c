import { readSync } from 'node:fs';
import { GgufFault } from './ggufFault.ts';

const windowBytes = 1024 ** 2;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads little-endian values of a file from its start, through one window of 1 MiB. Synchronous, because a header has a million small values; the reader
 * child waits for nothing else meanwhile, and the header's size is bounded. Every method throws GgufFault `truncated` past the end.
 */
export interface ByteReader {
  /** Offset of the next byte. */
  position(): number;
  /** Bytes left in the file. */
  left(): number;
  bytes(length: number): Uint8Array;
  u32(): number;
  i32(): number;
  u64(): bigint;
  i64(): bigint;
  f32(): number;
  f64(): number;
  /** UTF-8 of a known length. @throws GgufFault bad-text */
  text(length: number): string;
}

export function createByteReader(descriptor: number, fileBytes: number): ByteReader {
  let window = Buffer.alloc(0);
  let windowStart = 0;
  let position = 0;

  /** The next `length` bytes, as a view that is valid until the next call. */
  const take = (length: number): Buffer => {
    if (length > fileBytes - position)
      throw new GgufFault('truncated', 'The file ends too early; it was probably not downloaded completely.');
    if (position + length > windowStart + window.length) fill(length);
    const start = position - windowStart;
    position += length;
    return window.subarray(start, start + length);
  };
  const fill = (length: number): void => {
    const wanted = Math.min(Math.max(length, windowBytes), fileBytes - position);
    if (window.length < wanted || window.length > windowBytes) window = Buffer.alloc(wanted);
    let filled = 0;
    while (filled < wanted) {
      const count = readSync(descriptor, window, filled, wanted - filled, position + filled);
      if (count === 0) throw new GgufFault('truncated', 'The file got shorter while it was read.');
      filled += count;
    }
    window = window.subarray(0, filled);
    windowStart = position;
  };

  return {
    position: () => position,
    left: () => fileBytes - position,
    bytes: (length) => Uint8Array.from(take(length)),
    u32: () => take(4).readUInt32LE(),
    i32: () => take(4).readInt32LE(),
    u64: () => take(8).readBigUInt64LE(),
    i64: () => take(8).readBigInt64LE(),
    f32: () => take(4).readFloatLE(),
    f64: () => take(8).readDoubleLE(),
    text(length) {
      try {
        return utf8.decode(take(length));
      } catch (error) {
        if (error instanceof GgufFault) throw error;
        throw new GgufFault('bad-text', 'A text in the file is not valid UTF-8.');
      }
    },
  };
}
