import { createRequire } from 'node:module';
import path from 'node:path';
import type * as PdfJsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { facetError } from '../../../shared/errors.ts';
import { readWholeFile, unreadable, type ReaderFile } from '../../fileBytes.ts';
import { readerLimits } from '../../readerLimits.ts';

export type PdfJs = typeof PdfJsModule;

export interface OpenPdf {
  readonly pdfjs: PdfJs;
  /** Whoever opened it ends it: `document.loadingTask.destroy()`. */
  readonly document: PDFDocumentProxy;
}

/**
 * Opens a PDF from disk. Nothing in it is run or fetched.
 * @param pictures false leaves them out, for who only wants to know what else is drawn
 * @throws FacetError passwordRequired, fileUnreadable, fileTooLarge (bytes, pages)
 */
export async function openPdf(file: ReaderFile, password: string | null, pictures = true): Promise<OpenPdf> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const document = await load(pdfjs, file, await readWholeFile(file, readerLimits.documentBytes), { password, pictures });
  const { numPages } = document;
  if (numPages <= readerLimits.pages) return { pdfjs, document };
  await document.loadingTask.destroy();
  throw facetError('fileTooLarge', { file: file.name, unit: 'pages', limit: readerLimits.pages, actual: numPages });
}

async function load(
  pdfjs: PdfJs,
  file: ReaderFile,
  bytes: Buffer<ArrayBuffer>,
  { password, pictures }: { readonly password: string | null; readonly pictures: boolean },
): Promise<PDFDocumentProxy> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    ...(password === null ? {} : { password }),
    // In pixels; larger ones are neither decoded nor drawn.
    ...(pictures ? {} : { maxImageSize: 1 }),
    // Character maps are needed for the text of many Chinese, Japanese and Korean files.
    cMapUrl: `${path.join(folder, 'cmaps')}${path.sep}`,
    cMapPacked: true,
    standardFontDataUrl: `${path.join(folder, 'standard_fonts')}${path.sep}`,
    wasmUrl: `${path.join(folder, 'wasm')}${path.sep}`,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy();
    if (error instanceof pdfjs.PasswordException) {
      const wrong = error.code === pdfjs.PasswordResponses.INCORRECT_PASSWORD;
      throw facetError('passwordRequired', { file: file.name, wrong }, error);
    }
    throw unreadable(file, 'the PDF is damaged', error);
  }
}
