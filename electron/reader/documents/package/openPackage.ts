import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import type { Document } from 'domhandler';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { facetError, FacetError } from '../../../shared/errors.ts';
import { unreadable, type ReaderFile } from '../../fileBytes.ts';
import { readerLimits } from '../../readerLimits.ts';
import { decodeMarkup } from '../markup/decodeMarkup.ts';
import { MarkupLimitError, parseMarkup } from '../markup/parseMarkup.ts';

/** A ZIP file with parts by name, as Office, OpenDocument and EPUB files are. Parts are unpacked one by one, under limits. */
export interface Package {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** @throws FacetError fileUnreadable when it is missing, damaged, encrypted or a bomb; fileTooLarge */
  bytes(name: string): Promise<Buffer>;
  /** Errors as for `bytes`. */
  xml(name: string): Promise<Document>;
  close(): void;
}

/** @throws FacetError fileUnreadable, fileTooLarge */
export async function openPackage(file: ReaderFile): Promise<Package> {
  const zip = await openZip(file);
  const entries = await listEntries(zip, file).catch((error: unknown) => {
    zip.close();
    throw error instanceof FacetError ? error : unreadable(file, 'it is a damaged or cut-off ZIP file', error);
  });
  let unpacked = 0;

  const bytes = async (name: string): Promise<Buffer> => {
    const entry = entries.get(name);
    if (entry === undefined) throw unreadable(file, `a part of it is missing (${name})`);
    if (entry.isEncrypted()) throw unreadable(file, 'it is protected by a password; save a copy without one');
    const size = entry.uncompressedSize;
    const ratio = size / Math.max(1, entry.compressedSize);
    if (size > readerLimits.packageRatioFrom && ratio > readerLimits.packageRatio)
      throw unreadable(file, `it unpacks to ${String(Math.round(ratio))} times its size, which only a file made to do harm does`);
    unpacked += size;
    if (unpacked > readerLimits.packageBytes)
      throw facetError('fileTooLarge', { file: file.name, unit: 'bytes unpacked', limit: readerLimits.packageBytes, actual: unpacked });
    try {
      return await unpack(zip, entry);
    } catch (error) {
      throw unreadable(file, `a part of it is damaged (${name})`, error);
    }
  };
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    bytes,
    xml: async (name) => {
      try {
        return parseMarkup(decodeMarkup(await bytes(name)), 'xml');
      } catch (error) {
        if (error instanceof MarkupLimitError) throw unreadable(file, error.message, error);
        throw error;
      }
    },
    close: () => zip.close(),
  };
}

async function openZip(file: ReaderFile): Promise<ZipFile> {
  try {
    // Sizes are checked while unpacking: a part that unpacks to more than it says is an error of its stream.
    return await yauzl.openPromise(file.path, { autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw unreadable(file, 'it is a damaged or cut-off ZIP file', error);
  }
}

async function listEntries(zip: ZipFile, file: ReaderFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > readerLimits.packageEntries)
    throw facetError('fileTooLarge', { file: file.name, unit: 'parts', limit: readerLimits.packageEntries, actual: zip.entryCount });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
  return entries;
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.byteLength;
    if (length > entry.uncompressedSize) throw new Error('more bytes than were announced');
  }
  const whole = Buffer.concat(pieces);
  if (crc32(whole) !== entry.crc32) throw new Error('checksum mismatch');
  return whole;
}
