import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { facetError } from '../../../shared/errors.ts';
import type { ReaderFile } from '../../fileBytes.ts';
import type { ReadDocument, ReadPage } from '../../readerContract.ts';
import { cleanText, countVisible } from '../cleanText.ts';
import { coverageOf } from '../../../shared/pageCoverage.ts';
import { readPageOf, textContent } from '../pageContent.ts';
import type { ReadOptions } from '../readOptions.ts';
import { layoutPage } from './layoutPage.ts';
import { isTextLayer } from './invisibleText.ts';
import { openPdf, type OpenPdf } from './openPdf.ts';
import { pageLabels } from './pageLabels.ts';
import { pagePaints } from './pagePaints.ts';
import { pageRuns } from './pageRuns.ts';
import { recognizerScale, renderPdfPage } from './renderPdfPage.ts';

/** A page with fewer characters than this and a picture on it is taken for a picture with a caption, and says so. */
const fewCharacters = 100;
/** It is a scan when OCR finds this many times the letters of its own text. */
const scanShare = 1.5;

/**
 * The text of a PDF, page by page.
 * @throws FacetError passwordRequired, fileUnreadable, fileTooLarge (bytes, pages), cancelled
 */
export async function readPdf(file: ReaderFile, options: ReadOptions): Promise<ReadDocument> {
  const { pdfjs, document } = await openPdf(file, options.password);
  let plain: OpenPdf | null = null;
  try {
    plain = await openPdf(file, options.password, false);
    const count = document.numPages;
    const labels = await pageLabels(document);
    const pages: ReadPage[] = [];
    for (let number = 1; number <= count; number += 1) {
      if (options.signal.aborted) throw facetError('cancelled', {});
      const label = labels[number - 1];
      const read = await withLayer(await readPdfPage({ pdfjs, document, options }, number), plain);
      const page = label === undefined ? read : { ...read, label };
      pages.push(page);
      options.onPage(number, count, page);
    }
    const facts = { format: 'pdf', title: await readTitle(document), pages, coverage: coverageOf(pages), warnings: layerWarnings(pages) };
    return options.password === null ? facts : { ...facts, protected: true };
  } finally {
    await Promise.all([document.loadingTask.destroy(), plain?.document.loadingTask.destroy()]);
  }
}

/** A page with the mark of a scan whose text an earlier OCR left in the file. @param plain the file without its pictures */
export async function withLayer(page: ReadPage, { pdfjs, document }: OpenPdf): Promise<ReadPage> {
  if (page.source !== 'text') return page;
  const isLayer = await isTextLayer(pdfjs, document, page.page).catch(() => false);
  return isLayer ? { ...page, textLayer: true, warnings: [...page.warnings, layerWarning] } : page;
}

const layerWarning = 'a scan: its text is what an earlier OCR left in the file, and may hold mistakes';

function layerWarnings(pages: readonly ReadPage[]): readonly string[] {
  const layers = pages.filter(({ textLayer }) => textLayer === true).length;
  if (layers === 0) return [];
  const which =
    layers < pages.length ? `${layers} of ${pages.length} pages are scans` : layers === 1 ? 'the page is a scan' : 'all pages are scans';
  return [`${which} with text that an earlier OCR left in the file, which may hold mistakes`];
}

/** What reading a single page needs. */
export type PageReadOptions = Pick<ReadOptions, 'recognizer' | 'signal'>;

interface PdfReading extends OpenPdf {
  readonly options: PageReadOptions;
}

/** The page by OCR, whatever text it has; null where OCR finds none. */
export async function recognizePdfPage(page: PDFPageProxy, { recognizer, signal }: PageReadOptions): Promise<ReadPage | null> {
  const { text, tables, characters } = await recognizer.recognize(await renderPdfPage(page, recognizerScale(page)), signal);
  if (characters === 0) return null;
  return { page: page.pageNumber, ...textContent(text), tables, characters, source: 'ocr' };
}

/** The page as the reader reads it by itself. */
export async function readOpenPage(reading: PdfReading, page: PDFPageProxy): Promise<ReadPage> {
  const read = readPageOf(page.pageNumber, layoutPage(await pageRuns(reading.pdfjs, page)).content);
  return countVisible(read.text) >= fewCharacters ? read : readSparsePage(reading, page, read);
}

async function readPdfPage({ pdfjs, document, options }: PdfReading, number: number): Promise<ReadPage> {
  let page: PDFPageProxy | null = null;
  try {
    page = await document.getPage(number);
    return await readOpenPage({ pdfjs, document, options }, page);
  } catch (error) {
    if (options.signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { page: number, source: 'failed', ...textContent(''), characters: 0, warnings: [`this page is damaged (${reason})`] };
  } finally {
    page?.cleanup();
  }
}

/** A page with little or no text: blank, or one whose content is drawn or scanned and read by OCR. */
async function readSparsePage({ pdfjs, options }: PdfReading, page: PDFPageProxy, read: ReadPage): Promise<ReadPage> {
  const paints = await pagePaints(pdfjs, page);
  if (read.source === 'blank') {
    if (paints === 'nothing') return read;
    const recognized = await recognizePdfPage(page, options);
    if (recognized !== null) {
      return { ...recognized, warnings: [...read.warnings, 'a scan: its text was read by OCR and may hold mistakes'] };
    }
    const what = paints === 'images' ? 'a scan or picture' : 'drawn shapes';
    return { ...read, source: 'failed', warnings: [...read.warnings, `no text on this page, only ${what} in which OCR found none`] };
  }
  if (paints !== 'images') return read;
  // A scan often has a line of text on it: a stamp, a page number, the mark of a signature.
  const recognized = await recognizePdfPage(page, options);
  if (recognized !== null && countVisible(recognized.text) > scanShare * countVisible(read.text))
    return { ...recognized, warnings: [...read.warnings, 'a scan with a line of text on it: it was read by OCR and may hold mistakes'] };
  return { ...read, warnings: [...read.warnings, 'a picture with little text beside it; what else the picture shows was not read'] };
}

async function readTitle(document: PDFDocumentProxy): Promise<string> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const title = (info as Record<string, unknown>)['Title'];
  // What programs write when they know none.
  if (typeof title !== 'string' || /^\(?(anonymous|untitled)\)?$/i.test(title.trim())) return '';
  return cleanText(title).text.trim();
}
