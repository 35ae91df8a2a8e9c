/**
 * What the reader takes. A file over a limit gets `fileTooLarge` with the unit, the limit and its own number, before memory is spent on it.
 * Chosen so that the largest pictures of phones (200 megapixels) and plans (A0 at 300 dpi) pass on a machine with 8 GB.
 */
export const readerLimits = {
  /** Bytes of a picture file. */
  imageBytes: 256 * 1024 * 1024,
  /** Bytes of a document file; pdf.js holds it whole. */
  documentBytes: 512 * 1024 * 1024,
  /** Bytes of a text or Markdown file: about 16 million words, far over any context. */
  textBytes: 64 * 1024 * 1024,
  /** Decoded pixels; three bytes each. */
  pixels: 200_000_000,
  /** Pixels of the longer side. */
  side: 65_535,
  /** Longer side divided by the shorter one; a view of anything longer shows nothing. */
  aspect: 100,
  /** Bytes of an old Office file that are looked at to say what it is; its list of contents may stand anywhere. */
  oldOfficeHead: 64 * 1024 * 1024,
  /** Bytes of an Office, OpenDocument or EPUB file. */
  packageBytesOnDisk: 256 * 1024 * 1024,
  /** Parts of such a file. */
  packageEntries: 20_000,
  /** Bytes of the parts that are read of it, unpacked, all together. */
  packageBytes: 512 * 1024 * 1024,
  /** A part this large that unpacks to more than `packageRatio` times its size is a bomb: the most repetitive sheets reach about 100. */
  packageRatioFrom: 8 * 1024 * 1024,
  packageRatio: 300,
  /** Cells with content of a spreadsheet or CSV file. */
  cells: 2_000_000,
  /** Pages of a document. */
  pages: 5_000,
  /** Side of a view or preview in pixels. */
  viewSide: 4_096,
  /** Views per request. */
  views: 64,
  /** Resident bytes at which the reader ends itself, so that one file cannot take the machine down. */
  residentBytes: 3 * 1024 * 1024 * 1024,
} as const;
