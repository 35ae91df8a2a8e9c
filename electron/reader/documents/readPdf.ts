import { createRequire } from 'node:module';
import path from 'node:path';
import type * as PdfJsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { facetError } from '../../shared/errors.ts';
import { readWholeFile, unreadable, type ReaderFile } from '../fileBytes.ts';
import { renderPdfPage } from '../ocr/renderPdfPage.ts';
import type { ReadDocument, ReadPage } from '../readerContract.ts';
import { readerLimits } from '../readerLimits.ts';
import { cleanText, countCharacters } from './cleanText.ts';
import { coverageOf } from './coverage.ts';
import { layoutPage } from './layoutPage.ts';
import { pagePaints } from './pagePaints.ts';
import { placedRuns } from './placedRuns.ts';
import type { ReadOptions } from './readDocument.ts';

type PdfJs = typeof PdfJsModule;

/** A page with fewer characters than this and a picture on it is taken for a picture with a caption, and says so. */
const fewCharacters = 100;

/**
 * The text of a PDF, page by page.
 * @throws FacetError passwordRequired, fileUnreadable, fileTooLarge (pages), cancelled
 */
export async function readPdf(file: ReaderFile, options: ReadOptions): Promise<ReadDocument> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const bytes = await readWholeFile(file, readerLimits.documentBytes);
  const document = await openPdf(pdfjs, file, bytes, options.password);
  try {
    const count = document.numPages;
    if (count > readerLimits.pages)
      throw facetError('fileTooLarge', { file: file.name, unit: 'pages', limit: readerLimits.pages, actual: count });
    const pages: ReadPage[] = [];
    for (let number = 1; number <= count; number += 1) {
      if (options.signal.aborted) throw facetError('cancelled', {});
      pages.push(await readPdfPage({ pdfjs, document, options }, number));
      options.onPage(number, count);
    }
    return { format: 'pdf', title: await readTitle(document), pages, coverage: coverageOf(pages), warnings: [] };
  } finally {
    await document.loadingTask.destroy();
  }
}

async function openPdf(pdfjs: PdfJs, file: ReaderFile, bytes: Buffer<ArrayBuffer>, password: string | null): Promise<PDFDocumentProxy> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    ...(password === null ? {} : { password }),
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

interface OpenPdf {
  readonly pdfjs: PdfJs;
  readonly document: PDFDocumentProxy;
  readonly options: ReadOptions;
}

async function readPdfPage({ pdfjs, document, options }: OpenPdf, number: number): Promise<ReadPage> {
  let page: PDFPageProxy | null = null;
  try {
    page = await document.getPage(number);
    const { text, removed } = cleanText(layoutPage(placedRuns(pdfjs, page, await page.getTextContent())));
    const characters = countCharacters(text);
    const warnings = removed === 0 ? [] : [`${String(removed)} control characters were left out`];
    if (characters >= fewCharacters) return { page: number, source: 'text', text, characters, warnings };
    return await readSparsePage({ pdfjs, document, options }, page, { page: number, source: 'text', text, characters, warnings });
  } catch (error) {
    if (options.signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { page: number, source: 'failed', text: '', characters: 0, warnings: [`this page is damaged (${reason})`] };
  } finally {
    page?.cleanup();
  }
}

/** A page with little or no text: blank, or one whose content is drawn or scanned and read by OCR. */
async function readSparsePage({ pdfjs, options }: OpenPdf, page: PDFPageProxy, read: ReadPage): Promise<ReadPage> {
  const paints = await pagePaints(pdfjs, page);
  if (read.characters === 0) {
    if (paints === 'nothing') return { ...read, source: 'blank' };
    const recognized = await options.recognizer.recognize(await renderPdfPage(page), options.signal);
    if (recognized.characters > 0) {
      return {
        ...read,
        ...recognized,
        source: 'ocr',
        warnings: [...read.warnings, 'a scan: its text was read by OCR and may hold mistakes'],
      };
    }
    const what = paints === 'images' ? 'a scan or picture' : 'drawn shapes';
    return { ...read, source: 'failed', warnings: [...read.warnings, `no text on this page, only ${what} in which OCR found none`] };
  }
  if (paints !== 'images') return read;
  return { ...read, warnings: [...read.warnings, 'a picture with little text beside it; what the picture shows was not read'] };
}

async function readTitle(document: PDFDocumentProxy): Promise<string> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const title = (info as Record<string, unknown>)['Title'];
  // What programs write when they know none.
  if (typeof title !== 'string' || /^\(?(anonymous|untitled)\)?$/i.test(title.trim())) return '';
  return cleanText(title).text.trim();
}
