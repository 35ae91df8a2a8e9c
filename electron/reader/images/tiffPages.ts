import { readPieces, unreadable, type ReadPiece, type ReaderFile } from '../fileBytes.ts';
import { readerLimits } from '../readerLimits.ts';

/** Bits of a directory's NewSubfileType (tag 254): a smaller copy of another page, or a mask of one. Neither is a page (TIFF 6.0, section 8). */
const reducedOrMask = 0b101;
const newSubfileType = 254;
/** Directories of a file at most, smaller copies included. */
const mostDirectories = 2 * readerLimits.pages;

interface Layout {
  readonly littleEndian: boolean;
  /** BigTIFF has longer offsets and counts. */
  readonly big: boolean;
}

/**
 * Numbers of the directories that hold pages, from 0, as decoders count directories: smaller copies for a quick look and masks are left out. A file
 * whose list of directories is damaged has the pages up to there; a single-page TIFF gives one.
 * @throws FacetError fileUnreadable when it cannot be opened
 */
export async function tiffPages(file: ReaderFile): Promise<readonly number[]> {
  return readPieces(file, async (read) => {
    const head = await read(0, 16);
    const littleEndian = head.byteLength >= 8 && head.getUint8(0) === 0x49;
    const layout = { littleEndian, big: head.byteLength >= 16 && head.getUint16(2, littleEndian) === 43 };
    const pages: number[] = [];
    const seen = new Set<number>();
    let offset = layout.big ? offsetAt(head, 8, layout) : head.byteLength < 8 ? 0 : offsetAt(head, 4, layout);
    for (let number = 0; offset > 0 && !seen.has(offset) && number < mostDirectories; number += 1) {
      seen.add(offset);
      const directory = await readDirectory(read, offset, layout);
      if (directory === null) break;
      if ((directory.subfileType & reducedOrMask) === 0) pages.push(number);
      offset = directory.next;
    }
    if (pages.length === 0) throw unreadable(file, 'the picture is damaged');
    return pages;
  });
}

/** Null where the file ends before the directory does. */
async function readDirectory(
  read: ReadPiece,
  offset: number,
  layout: Layout,
): Promise<{ readonly subfileType: number; readonly next: number } | null> {
  const { littleEndian, big } = layout;
  const countBytes = big ? 8 : 2;
  const entryBytes = big ? 20 : 12;
  const counted = await read(offset, countBytes);
  if (counted.byteLength < countBytes) return null;
  const count = big ? Number(counted.getBigUint64(0, littleEndian)) : counted.getUint16(0, littleEndian);
  if (count > 65_535) return null;
  const length = count * entryBytes + (big ? 8 : 4);
  const entries = await read(offset + countBytes, length);
  if (entries.byteLength < length) return null;
  let subfileType = 0;
  for (let at = 0; at < count * entryBytes; at += entryBytes) {
    if (entries.getUint16(at, littleEndian) === newSubfileType)
      subfileType = entries.getUint32(at + entryBytes - (big ? 8 : 4), littleEndian);
  }
  return { subfileType, next: offsetAt(entries, count * entryBytes, layout) };
}

function offsetAt(view: DataView, at: number, { littleEndian, big }: Layout): number {
  return big ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
}
