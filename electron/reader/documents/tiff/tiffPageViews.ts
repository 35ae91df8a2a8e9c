import sharp from 'sharp';
import type { PageWords } from '../../../shared/documents.ts';
import { facetError } from '../../../shared/errors.ts';
import { readWholeFile } from '../../fileBytes.ts';
import { decodeTiffPage, type DecodedImage } from '../../images/decodeImage.ts';
import { pngFile } from '../../images/pngFile.ts';
import { tiffPages } from '../../images/tiffPages.ts';
import type { TextRecognizer } from '../../ocr/createTextRecognizer.ts';
import type { PageRequest, ReaderRequests } from '../../readerContract.ts';
import { readerLimits } from '../../readerLimits.ts';
import { findWords } from '../pdf/findWords.ts';

type PagePicture = ReaderRequests['document.page']['result'];

/** Where the words of a page stand, in its pixels. @throws FacetError fileUnreadable, invalidRequest for a page that is not there, cancelled */
export async function tiffPageWords(
  request: PageRequest,
  recognizer: Pick<TextRecognizer, 'recognize'>,
  signal: AbortSignal,
): Promise<PageWords> {
  const image = await pageOf(request);
  const { text, words } = await recognizer.recognize(image, signal);
  return { width: image.width, height: image.height, words: findWords(words, text) };
}

/** The page as it looks, `width` pixels wide, its longer side at most readerLimits.viewSide. @throws as `tiffPageWords` */
export async function tiffPagePicture(request: PageRequest & { readonly width: number }): Promise<PagePicture> {
  const { rgb, width, height } = await pageOf(request);
  const scale = Math.min(request.width / width, readerLimits.viewSide / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const bytes = await sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .resize({ ...size, fit: 'fill' })
    .webp({ quality: 90, effort: 2 })
    .toBuffer();
  return { mime: 'image/webp', bytes, ...size };
}

/** The page as it is. @throws as `tiffPageWords` */
export async function tiffPagePng(request: PageRequest): Promise<{ readonly png: Uint8Array }> {
  return { png: await pngFile(await pageOf(request)) };
}

async function pageOf(request: PageRequest): Promise<DecodedImage> {
  const directories = await tiffPages(request);
  const directory = directories[request.page - 1];
  if (directory === undefined)
    throw facetError('invalidRequest', { field: 'page', reason: `must be from 1 to ${String(directories.length)}` });
  return decodeTiffPage(request, await readWholeFile(request, readerLimits.imageBytes), directory);
}
