const mebibyte = 1024 ** 2;
/** A file is fetched and repaired in about this many pieces. */
const pieces = 64;
/** No request is smaller than this, else its headers and its wait would cost more than its bytes. */
const smallestPiece = mebibyte;
/** No repair is dearer than this. */
const largestPiece = 32 * mebibyte;

/** One range of a file, both ends included. */
export interface Piece {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Bytes of each piece but the last: a 64th of the file, in whole mebibytes from 1 to 32. */
export function pieceBytesOf(bytes: number): number {
  const ideal = Math.ceil(bytes / pieces / mebibyte) * mebibyte;
  return Math.min(largestPiece, Math.max(smallestPiece, ideal));
}

/** The pieces of a file, in order. */
export function piecesOf(bytes: number, pieceBytes: number): readonly Piece[] {
  return Array.from({ length: Math.ceil(bytes / pieceBytes) }, (_piece, index) => ({
    index,
    from: index * pieceBytes,
    to: Math.min(bytes, (index + 1) * pieceBytes) - 1,
  }));
}

export function lengthOf({ from, to }: Piece): number {
  return to - from + 1;
}
