import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and check sum of a chunk, and the 13 bytes of the first one's data. */
const headerChunkBytes = 12 + 13;

/**
 * A square RGB picture as PNG, byte for byte what it was given: image libraries belong to the reader child, and this needs none of what they do.
 * @param rgb `side` * `side` * 3 bytes
 * @param software what the file says wrote it; nothing unless given
 */
export function encodePng(rgb: Uint8Array, side: number, software?: string): Buffer {
  const stride = side * 3;
  const lines = Buffer.alloc((stride + 1) * side);
  // Each line begins with its filter; 0 is none.
  for (let row = 0; row < side; row += 1) lines.set(rgb.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Eight bits, truecolour; compression, filter and interlace methods 0.
  header.set([8, 2, 0, 0, 0], 8);
  const text = software === undefined ? Buffer.alloc(0) : softwareChunk(software);
  return Buffer.concat([signature, chunk('IHDR', header), text, chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]);
}

/** Whether this is what `encodePng` wrote with this `software`. */
export function isPngBy(bytes: Uint8Array, software: string): boolean {
  const text = softwareChunk(software);
  const start = signature.length + headerChunkBytes;
  return signature.equals(bytes.subarray(0, signature.length)) && text.equals(bytes.subarray(start, start + text.length));
}

/** The keyword is one of those that PNG defines. */
function softwareChunk(software: string): Buffer {
  return chunk('tEXt', Buffer.from(`Software\0${software}`, 'latin1'));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
