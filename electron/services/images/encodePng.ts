import { crc32, deflateSync } from 'node:zlib';

/**
 * A square RGB picture as PNG, byte for byte what it was given: image libraries belong to the reader child, and this needs none of what they do.
 * @param rgb `side` * `side` * 3 bytes
 */
export function encodePng(rgb: Uint8Array, side: number): Buffer {
  const stride = side * 3;
  const lines = Buffer.alloc((stride + 1) * side);
  // Each line begins with its filter; 0 is none.
  for (let row = 0; row < side; row += 1) lines.set(rgb.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Eight bits, truecolour; compression, filter and interlace methods 0.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
