/** A box of the ISO base media format (ISO/IEC 14496-12): where its content begins and ends. */
interface Box {
  readonly type: string;
  readonly begin: number;
  readonly end: number;
}

/**
 * The ICC profile of a HEIC file's primary picture: the `colr` property of type `prof` or `rICC` (ISO/IEC 23008-12). Null when it has none, and when
 * the boxes are not as they should be.
 */
export function heicProfile(bytes: Buffer): Buffer | null {
  try {
    return findProfile(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function findProfile(bytes: Buffer): Buffer | null {
  const meta = boxes(bytes, 0, bytes.length).find(({ type }) => type === 'meta');
  if (meta === undefined) return null;
  const inMeta = boxes(bytes, meta.begin + 4, meta.end);
  const iprp = inMeta.find(({ type }) => type === 'iprp');
  const pitm = inMeta.find(({ type }) => type === 'pitm');
  if (iprp === undefined || pitm === undefined) return null;
  const inIprp = boxes(bytes, iprp.begin, iprp.end);
  const ipco = inIprp.find(({ type }) => type === 'ipco');
  if (ipco === undefined) return null;
  const properties = boxes(bytes, ipco.begin, ipco.end);
  const primary = bytes[pitm.begin] === 0 ? bytes.readUInt16BE(pitm.begin + 4) : bytes.readUInt32BE(pitm.begin + 4);
  for (const ipma of inIprp.filter(({ type }) => type === 'ipma')) {
    for (const index of associations(bytes, ipma, primary)) {
      const property = properties[index - 1];
      if (property?.type === 'colr' && /^(prof|rICC)$/.test(bytes.toString('latin1', property.begin, property.begin + 4))) {
        return bytes.subarray(property.begin + 4, property.end);
      }
    }
  }
  return null;
}

/** The boxes between two offsets. @throws RangeError past the end of the bytes */
function boxes(bytes: Buffer, from: number, to: number): readonly Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to;) {
    const short = bytes.readUInt32BE(at);
    const header = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
    if (size < header || at + size > to) break;
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), begin: at + header, end: at + size });
    at += size;
  }
  return found;
}

/** Indices, from 1, of the properties of an item. @throws RangeError */
function associations(bytes: Buffer, { begin }: Box, item: number): readonly number[] {
  const version = bytes.readUInt8(begin);
  const wide = (bytes.readUInt8(begin + 3) & 1) === 1;
  let at = begin + 8;
  for (let entries = bytes.readUInt32BE(begin + 4); entries > 0; entries -= 1) {
    const id = version < 1 ? bytes.readUInt16BE(at) : bytes.readUInt32BE(at);
    at += version < 1 ? 2 : 4;
    const count = bytes.readUInt8(at);
    at += 1;
    if (id === item) {
      return Array.from({ length: count }, (_, index) =>
        wide ? bytes.readUInt16BE(at + 2 * index) & 0x7fff : bytes.readUInt8(at + index) & 0x7f,
      );
    }
    at += count * (wide ? 2 : 1);
  }
  return [];
}
