import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { FacetError, facetError } from '../../shared/errors.ts';
import { assertNever } from '../../shared/assertNever.ts';
import { readWholeFile, unreadable, type ReaderFile } from '../fileBytes.ts';
import type { ImageFormat } from '../identifyFile.ts';
import { readerLimits } from '../readerLimits.ts';
import { decodeBmp } from './decodeBmp.ts';
import { decodeHeic } from './decodeHeic.ts';
import { drawableSvg } from './drawableSvg.ts';
import { heicProfile } from './heicProfile.ts';
import { profileToSrgb } from './profileToSrgb.ts';
import type { RgbPixels } from './resampleBilinear.ts';
import { tiffPages } from './tiffPages.ts';

/** Longer side of a drawing in pixels: sharp in every view and its crops. */
const svgSide = 2_048;

/** Samples that go from black to white. In others, as of measuring cameras, what is white is not said, and all may look black. */
const shownDepths: ReadonlySet<string> = new Set(['uchar', 'ushort']);

/** A picture as the model and the user see it: upright, sRGB, eight bits, without transparency. */
export interface DecodedImage extends RgbPixels {
  readonly format: ImageFormat;
  /** Of a file with several pages: how many. */
  readonly pages?: number;
  readonly warnings: readonly string[];
}

/**
 * Decodes a whole picture: EXIF orientation applied, ICC and CMYK to sRGB, 16 bits to 8, transparency over white, first frame or page.
 * @throws FacetError fileUnreadable for damage anywhere in the data, fileTooLarge over a limit (before its pixels are decoded).
 */
export async function decodeImage(file: ReaderFile, format: ImageFormat): Promise<DecodedImage> {
  const bytes = await readWholeFile(file, readerLimits.imageBytes);
  const check = (width: number, height: number): void => checkSize(file, width, height);
  switch (format) {
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'gif':
    case 'avif':
      return decodeWithSharp(file, format, bytes);
    case 'tiff':
      return decodeFirstTiffPage(file, bytes);
    case 'svg':
      return decodeSvg(file, bytes);
    case 'heic':
      return whole(format, await damagedUnless(file, () => heicInSrgb(bytes, check)));
    case 'bmp':
      return whole(format, await damagedUnless(file, () => decodeBmp(bytes, check)));
    default:
      return assertNever(format, 'image format');
  }
}

async function decodeFirstTiffPage(file: ReaderFile, bytes: Buffer): Promise<DecodedImage> {
  const pages = await tiffPages(file);
  const decoded = await decodeTiffPage(file, bytes, pages[0] ?? 0);
  return pages.length === 1 ? decoded : { ...decoded, pages: pages.length, warnings: [`page 1 of ${String(pages.length)} is used`] };
}

/** One page of a TIFF. @param directory as `tiffPages` counts. @throws as `decodeImage` */
export async function decodeTiffPage(file: ReaderFile, bytes: Buffer, directory: number): Promise<DecodedImage> {
  return decodeWithSharp(file, 'tiff', bytes, { page: directory });
}

/** Runs a decoder that throws plain errors for damage. */
async function damagedUnless<T>(file: ReaderFile, decode: () => T | Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    throw error instanceof FacetError ? error : decodeError(file, error);
  }
}

function whole(format: ImageFormat, pixels: RgbPixels): DecodedImage {
  return { format, ...pixels, warnings: [] };
}

/** A profile that says nothing useful is passed over, as sharp does in other formats. */
async function heicInSrgb(bytes: Buffer, check: Parameters<typeof decodeHeic>[1]): Promise<RgbPixels> {
  const pixels = await decodeHeic(bytes, check);
  const profile = heicProfile(bytes);
  return profile === null ? pixels : profileToSrgb(pixels, profile);
}

/** Drawn so that its longer side has `svgSide` pixels. From memory, so that no file or address beside it is ever opened; scripts do not run. */
async function decodeSvg(file: ReaderFile, bytes: Buffer): Promise<DecodedImage> {
  const drawing = await damagedUnless(file, () => drawableSvg(bytes, svgSide, (width, height) => checkSize(file, width, height)));
  return decodeWithSharp(file, 'svg', drawing.bytes, { density: drawing.density });
}

async function decodeWithSharp(file: ReaderFile, format: ImageFormat, bytes: Buffer, options: SharpOptions = {}): Promise<DecodedImage> {
  // The size is checked below, by the header, so that the error can tell it; sharp's own limit would not.
  const open = (): Sharp => sharp(bytes, { failOn: 'error', limitInputPixels: false, sequentialRead: true, pages: 1, ...options });
  const metadata = await open()
    .metadata()
    .catch((error: unknown) => {
      throw decodeError(file, error);
    });
  checkSize(file, metadata.width, metadata.height);
  if (!shownDepths.has(metadata.depth)) {
    throw facetError('fileUnsupported', { file: file.name, detected: 'a picture of measured values; save it with 8 or 16 bits a colour' });
  }
  const { data, info } = await open()
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw decodeError(file, error);
    });
  const rgb = info.channels === 3 ? data : greyToRgb(data, info.channels);
  return { format, width: info.width, height: info.height, rgb, warnings: frameWarnings(format, bytes, metadata) };
}

/** Refuses what no view could show, and what would fill the memory, by the sizes in the header. */
export function checkSize(file: ReaderFile, width: number, height: number): void {
  if (!(width >= 1 && height >= 1)) throw unreadable(file, 'it has no pixels');
  const [shorter, longer] = width < height ? [width, height] : [height, width];
  const refuse = (unit: string, limit: number, actual: number): never => {
    throw facetError('fileTooLarge', { file: file.name, unit, limit, actual });
  };
  if (width * height > readerLimits.pixels) refuse('pixels', readerLimits.pixels, width * height);
  if (longer > readerLimits.side) refuse('pixels on one side', readerLimits.side, longer);
  if (longer > shorter * readerLimits.aspect) refuse('times longer than wide', readerLimits.aspect, Math.ceil(longer / shorter));
}

function decodeError(file: ReaderFile, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const cutOff =
    /premature end|end of (input|stream|data|image)|truncated|not enough|unexpected end|read error|EOF|outside buffer bounds|out of range/i.test(
      message,
    );
  return unreadable(file, cutOff ? 'the picture is cut off: its end is missing' : 'the picture is damaged', error);
}

function frameWarnings(format: ImageFormat, bytes: Buffer, metadata: Metadata): readonly string[] {
  const frames = format === 'png' ? apngFrames(bytes) : format === 'tiff' ? 1 : (metadata.pages ?? 1);
  return frames <= 1 ? [] : [`animated: the first of ${String(frames)} frames is used`];
}

/** Frames of an animated PNG: the `acTL` chunk, which stands before the first `IDAT`; sharp knows nothing of it. */
function apngFrames(bytes: Buffer): number {
  for (let offset = 8; offset + 12 <= bytes.length; offset += 12 + bytes.readUInt32BE(offset)) {
    const type = bytes.toString('latin1', offset + 4, offset + 8);
    if (type === 'acTL') return bytes.readUInt32BE(offset + 8);
    if (type === 'IDAT') break;
  }
  return 1;
}

function greyToRgb(data: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) rgb.fill(data[from] ?? 0, to, to + 3);
  return rgb;
}
