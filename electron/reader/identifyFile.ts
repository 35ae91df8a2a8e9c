import { facetError } from '../shared/errors.ts';
import { readFileHead, unreadable, type ReaderFile } from './fileBytes.ts';
import { looksLikeText } from './documents/text/decodeText.ts';
import { identifyPackage, type PackageFormat } from './identifyPackage.ts';
import { identifyText, type TextFormat } from './identifyText.ts';
import { svgRootStart } from './images/svgRoot.ts';
import { tiffPages } from './images/tiffPages.ts';
import { readerLimits } from './readerLimits.ts';

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'heic' | 'bmp' | 'svg';
/** `multipage-tiff`: a scanned document, as scanners store it. */
export type DocumentFormat = 'pdf' | 'multipage-tiff' | PackageFormat | TextFormat;
export type IdentifiedFile =
  { readonly kind: 'image'; readonly format: ImageFormat } | { readonly kind: 'document'; readonly format: DocumentFormat };

/** Enough for every signature below, for the brand list of HEIF, and to judge whether a file is text. */
const headLength = 64 * 1024;

/**
 * What a file is: by its content, and only for text that does not say it by its name.
 * @throws FacetError fileUnsupported naming what it is, fileUnreadable when it cannot be opened or is empty, fileTooLarge over the limit of its kind.
 */
export async function identifyFile(file: ReaderFile): Promise<IdentifiedFile> {
  const { size, head } = await readFileHead(file, headLength);
  if (isOldOffice(head)) await refuseOldOffice(file);
  if (isZip(head)) {
    requireSize(file, size, readerLimits.packageBytesOnDisk);
    return { kind: 'document', format: await identifyPackage(file) };
  }
  const identified = identifyBytes(head, file.name, size > head.length);
  if ('unsupported' in identified) throw facetError('fileUnsupported', { file: file.name, detected: identified.unsupported });
  requireSize(file, size, byteLimit(identified));
  if (identified.format === 'tiff' && (await tiffPages(file)).length > 1) return { kind: 'document', format: 'multipage-tiff' };
  return identified;
}

function requireSize(file: ReaderFile, size: number, limit: number): void {
  if (size > limit) throw facetError('fileTooLarge', { file: file.name, unit: 'bytes', limit, actual: size });
}

function byteLimit(file: IdentifiedFile): number {
  if (file.kind === 'image') return readerLimits.imageBytes;
  return file.format === 'pdf' ? readerLimits.documentBytes : readerLimits.textBytes;
}

/** The same for the first bytes of what is no ZIP. `cut` says that `head` is not the whole file. */
export function identifyBytes(head: Uint8Array, name: string, cut: boolean): IdentifiedFile | { readonly unsupported: string } {
  const image = imageFormat(head);
  if (image !== null) return { kind: 'image', format: image };
  // The header may stand anywhere in the first 1024 bytes (PDF 1.7, implementation note 13).
  if (latin(head, 0, 1024).includes('%PDF-')) return { kind: 'document', format: 'pdf' };
  // Pictures may stand in it byte for byte.
  if (latin(head, 0, 5) === '{\\rtf') return { kind: 'document', format: 'rtf' };
  const other = otherFormat(head);
  if (other !== null) return { unsupported: other };
  if (!looksLikeText(head, cut)) return { unsupported: 'unknown binary data' };
  if (svgRootStart(latin(head, 0, head.length)) !== null) return { kind: 'image', format: 'svg' };
  return { kind: 'document', format: identifyText(head, name) };
}

function imageFormat(head: Uint8Array): ImageFormat | null {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  const start = latin(head, 0, 12);
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'webp';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'gif';
  if (startsWith(head, [0x49, 0x49, 0x2a, 0x00]) || startsWith(head, [0x4d, 0x4d, 0x00, 0x2a])) return 'tiff';
  if (startsWith(head, [0x49, 0x49, 0x2b, 0x00]) || startsWith(head, [0x4d, 0x4d, 0x00, 0x2b])) return 'tiff';
  if (start.slice(4, 8) === 'ftyp') return heifFormat(head);
  if (start.startsWith('BM') && isBmpHeader(head)) return 'bmp';
  return null;
}

/** ISO media files list their brands; only still pictures count. The major brand comes first, then (after four bytes) the compatible ones. */
function heifFormat(head: Uint8Array): ImageFormat | null {
  const size = Math.min(readUint32(head, 0), 256);
  const brands = [latin(head, 8, 12)];
  for (let offset = 16; offset + 4 <= size; offset += 4) brands.push(latin(head, offset, offset + 4));
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return brands.some((brand) => /^(heic|heix|hevc|hevx|mif1|msf1)$/.test(brand)) ? 'heic' : null;
}

/** "BM" alone is two letters; the size of the header that follows is one of a few. */
function isBmpHeader(head: Uint8Array): boolean {
  return (
    head.length >= 18 && [12, 16, 40, 52, 56, 64, 108, 124].includes((head[14] ?? 0) | ((head[15] ?? 0) << 8) | ((head[16] ?? 0) << 16))
  );
}

/** Common files that people drop and that are not read (yet), named as people know them. */
function otherFormat(head: Uint8Array): string | null {
  const start = latin(head, 0, 16);
  if (start.startsWith('PK\u0005\u0006')) return 'an empty ZIP archive';
  if (start.startsWith('GGUF')) return 'a GGUF model';
  if (start.startsWith('SQLite format 3')) return 'a SQLite database';
  if (start.startsWith('\u007fELF') || start.startsWith('MZ')) return 'a program';
  if (startsWith(head, [0x1f, 0x8b]) || start.startsWith('7z') || start.startsWith('Rar!')) return 'an archive';
  if (start.slice(4, 8) === 'ftyp') return 'a video';
  if (startsWith(head, [0x1a, 0x45, 0xdf, 0xa3])) return 'a video';
  if (start.startsWith('ID3') || start.startsWith('OggS') || start.startsWith('fLaC')) return 'a sound file';
  if (start.startsWith('RIFF')) return start.slice(8, 12) === 'WAVE' ? 'a sound file' : 'a video';
  if (start.startsWith('%!PS')) return 'a PostScript file';
  if (start.startsWith('8BPS')) return 'a Photoshop file';
  if (start.slice(4, 6) === 'jP' || startsWith(head, [0xff, 0x4f, 0xff, 0x51])) return 'a JPEG 2000 picture; save it as PNG or JPEG';
  if (startsWith(head, [0, 0, 1, 0])) return 'an icon; save it as PNG';
  if (startsWith(head, [0xff, 0x0a]) || start.includes('JXL ')) return 'a JPEG XL picture; save it as PNG or JPEG';
  return null;
}

function isZip(head: Uint8Array): boolean {
  return startsWith(head, [0x50, 0x4b, 0x03, 0x04]);
}

/** The container of Office before 2007, which newer programs still use to encrypt. */
function isOldOffice(head: Uint8Array): boolean {
  return startsWith(head, [0xd0, 0xcf, 0x11, 0xe0]);
}

/** @throws FacetError always: with the reason that helps */
async function refuseOldOffice(file: ReaderFile): Promise<never> {
  const { head } = await readFileHead(file, readerLimits.oldOfficeHead);
  const holds = (name: string): boolean => Buffer.from(head.buffer, head.byteOffset, head.length).includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) throw unreadable(file, 'it is an Office file protected by a password; save a copy without one');
  const detected = holds('__substg1.0') ? 'an Outlook message; save it as EML' : 'an old Office file; save it as DOCX, XLSX or PPTX';
  throw facetError('fileUnsupported', { file: file.name, detected });
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((value, index) => bytes[index] === value);
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', from, to);
}

function readUint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(offset);
}
