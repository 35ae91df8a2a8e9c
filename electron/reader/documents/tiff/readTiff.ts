import { facetError } from '../../../shared/errors.ts';
import { readWholeFile, type ReaderFile } from '../../fileBytes.ts';
import { decodeTiffPage } from '../../images/decodeImage.ts';
import { tiffPages } from '../../images/tiffPages.ts';
import type { ReadDocument, ReadPage } from '../../readerContract.ts';
import { readerLimits } from '../../readerLimits.ts';
import { coverageOf } from '../../../shared/pageCoverage.ts';
import { textContent } from '../pageContent.ts';
import type { ReadOptions } from '../readOptions.ts';
import { isOfOneColour } from './isOfOneColour.ts';

/**
 * A TIFF of several pages as the scanned document that it is: each page by OCR, as scanned pages of a PDF.
 * @throws FacetError fileUnreadable, fileTooLarge (bytes, pages), cancelled
 */
export async function readTiff(file: ReaderFile, options: ReadOptions): Promise<ReadDocument> {
  const directories = await tiffPages(file);
  if (directories.length > readerLimits.pages)
    throw facetError('fileTooLarge', { file: file.name, unit: 'pages', limit: readerLimits.pages, actual: directories.length });
  const bytes = await readWholeFile(file, readerLimits.imageBytes);
  const pages: ReadPage[] = [];
  for (const [index, directory] of directories.entries()) {
    if (options.signal.aborted) throw facetError('cancelled', {});
    const page = await readTiffPage({ file, bytes, options }, index + 1, directory);
    pages.push(page);
    options.onPage(index + 1, directories.length, page);
  }
  return { format: 'multipage-tiff', title: '', pages, coverage: coverageOf(pages), warnings: [] };
}

interface TiffReading {
  readonly file: ReaderFile;
  readonly bytes: Buffer;
  readonly options: ReadOptions;
}

async function readTiffPage({ file, bytes, options }: TiffReading, page: number, directory: number): Promise<ReadPage> {
  const without = { page, ...textContent(''), characters: 0 };
  try {
    const image = await decodeTiffPage(file, bytes, directory);
    if (isOfOneColour(image)) return { ...without, source: 'blank' };
    const { text, characters, tables } = await options.recognizer.recognize(image, options.signal);
    if (characters === 0) return { ...without, source: 'failed', warnings: ['a scan or picture in which OCR found no text'] };
    return { ...without, source: 'ocr', text, characters, tables, warnings: ['a scan: its text was read by OCR and may hold mistakes'] };
  } catch (error) {
    if (options.signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { ...without, source: 'failed', warnings: [`this page is damaged (${reason})`] };
  }
}
