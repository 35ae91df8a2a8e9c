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
  /** An unsigned 64-bit length as a number; exact up to 2^53, beyond any file. */
  length(): number;
  f32(): number;
  f64(): number;
  /** UTF-8 of a known length. @throws GgufFault bad-text */
  text(length: number): string;
}

export function createByteReader(descriptor: number, fileBytes: number): ByteReader {
  let window = Buffer.alloc(0);
  let windowStart = 0;
  let position = 0;

  /** Moves past the next `length` bytes and returns where they are in the window. */
  const advance = (length: number): number => {
    if (length > fileBytes - position)
      throw new GgufFault('truncated', 'The file ends too early; it was probably not downloaded completely.');
    if (position + length > windowStart + window.length) fill(length);
    const start = position - windowStart;
    position += length;
    return start;
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
    // `advance` may replace the window, so it goes first.
    bytes: (length) => {
      const start = advance(length);
      return Uint8Array.from(window.subarray(start, start + length));
    },
    u32: () => {
      const start = advance(4);
      return window.readUInt32LE(start);
    },
    i32: () => {
      const start = advance(4);
      return window.readInt32LE(start);
    },
    u64: () => {
      const start = advance(8);
      return window.readBigUInt64LE(start);
    },
    i64: () => {
      const start = advance(8);
      return window.readBigInt64LE(start);
    },
    f32: () => {
      const start = advance(4);
      return window.readFloatLE(start);
    },
    f64: () => {
      const start = advance(8);
      return window.readDoubleLE(start);
    },
    length: () => {
      const start = advance(8);
      return window.readUInt32LE(start) + window.readUInt32LE(start + 4) * 2 ** 32;
    },
    text(length) {
      const start = advance(length);
      try {
        return utf8.decode(window.subarray(start, start + length));
      } catch {
        throw new GgufFault('bad-text', 'A text in the file is not valid UTF-8.');
      }
    },
  };
}
