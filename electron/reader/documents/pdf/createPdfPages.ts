import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { facetError } from '../../../shared/errors.ts';
import type { PageWords } from '../../../shared/documents.ts';
import { pngFile } from '../../images/pngFile.ts';
import type { TextRecognizer } from '../../ocr/createTextRecognizer.ts';
import type { PageRequest, ReaderRequests, ReadPage } from '../../readerContract.ts';
import { readerLimits } from '../../readerLimits.ts';
import { countVisible } from '../cleanText.ts';
import { textContent } from '../pageContent.ts';
import { findWords } from './findWords.ts';
import { layoutPage } from './layoutPage.ts';
import { openPdf, type OpenPdf } from './openPdf.ts';
import { readOpenPage, recognizePdfPage, withLayer } from './readPdf.ts';
import { placedWords } from './pageWords.ts';
import { pageRuns } from './pageRuns.ts';
import { recognizerScale, renderPdfPage } from './renderPdfPage.ts';

/** Long enough for turning pages; short enough not to hold a large file for nothing. */
const keptForMs = 20_000;

/** Pixels per point of a page that becomes a picture: 300 dots per inch. */
const picturedScale = 300 / 72;

/** Single pages of PDFs on demand, for looking at them. */
export interface PdfPages {
  /** @throws FacetError passwordRequired, fileUnreadable, fileTooLarge, invalidRequest, cancelled */
  words(request: ReaderRequests['document.words']['params'], signal: AbortSignal): Promise<PageWords>;
  /** Reads the page again, by the file's own text or by OCR. @throws as `words` */
  read(request: ReaderRequests['document.readPage']['params'], signal: AbortSignal): Promise<ReadPage>;
  /** `width` in pixels; the longer side is at most readerLimits.viewSide. @throws as `words` */
  picture(request: PageRequest & { readonly width: number }): Promise<ReaderRequests['document.page']['result']>;
  /** To be looked at as a picture. @throws as `words` */
  png(request: PageRequest): Promise<{ readonly png: Uint8Array }>;
  close(): void;
}

/** Keeps the last opened file for a while. Files are kept by content, so a path always means the same bytes. */
export function createPdfPages(recognizer: Pick<TextRecognizer, 'in'>): PdfPages {
  let kept: { readonly key: string; readonly pdf: Promise<OpenPdf> } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let line: Promise<unknown> = Promise.resolve();

  const clear = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    void kept?.pdf.then(({ document }) => document.loadingTask.destroy()).catch(() => undefined);
    kept = null;
  };
  const open = (request: PageRequest): Promise<OpenPdf> => {
    const key = JSON.stringify([request.path, request.password]);
    if (kept?.key !== key) {
      clear();
      const pdf = openPdf(request, request.password);
      kept = { key, pdf };
      pdf.catch(() => {
        if (kept?.pdf === pdf) clear();
      });
    }
    return kept.pdf;
  };
  /** One at a time, so that a file is never closed under a page. */
  const withPage = <T>(request: PageRequest, use: (pdf: OpenPdf, page: PDFPageProxy) => Promise<T>): Promise<T> => {
    const turn = line.then(async () => {
      if (timer !== null) clearTimeout(timer);
      const pdf = await open(request);
      timer = setTimeout(clear, keptForMs).unref();
      const { numPages } = pdf.document;
      if (request.page < 1 || request.page > numPages)
        throw facetError('invalidRequest', { field: 'page', reason: `must be from 1 to ${String(numPages)}` });
      const page = await pdf.document.getPage(request.page);
      try {
        return await use(pdf, page);
      } finally {
        page.cleanup();
      }
    });
    line = turn.catch(() => undefined);
    return turn;
  };

  return {
    words: (request, signal) =>
      withPage(request, async ({ pdfjs }, page) => {
        if (signal.aborted) throw facetError('cancelled', {});
        const { width, height } = page.getViewport({ scale: 1 });
        const { content, parts } = layoutPage(await pageRuns(pdfjs, page));
        if (request.recognized !== true && countVisible(content.text) > 0)
          return { width, height, words: findWords(placedWords(parts), content.text) };
        const scale = recognizerScale(page);
        const read = await recognizer.in(request.languages).recognize(await renderPdfPage(page, scale), signal);
        const inPoints = read.words.map((word) => ({
          text: word.text,
          x: word.x / scale,
          y: word.y / scale,
          width: word.width / scale,
          height: word.height / scale,
        }));
        return { width, height, words: findWords(inPoints, read.text) };
      }),
    read: (request, signal) =>
      withPage(request, async (pdf, page) => {
        if (signal.aborted) throw facetError('cancelled', {});
        const options = { recognizer: recognizer.in(request.languages), signal };
        if (request.by === 'text') return withLayer(await readOpenPage({ ...pdf, options }, page), pdf);
        const recognized = await recognizePdfPage(page, options);
        return recognized ?? { page: request.page, source: 'failed', ...textContent(''), characters: 0 };
      }),
    picture: (request) =>
      withPage(request, async (_pdf, page) => {
        const natural = page.getViewport({ scale: 1 });
        const scale = Math.min(request.width / natural.width, readerLimits.viewSide / Math.max(natural.width, natural.height));
        const { rgb, width, height } = await renderPdfPage(page, scale);
        const bytes = await sharp(rgb, { raw: { width, height, channels: 3 } })
          .webp({ quality: 90, effort: 2 })
          .toBuffer();
        return { mime: 'image/webp', bytes, width, height };
      }),
    png: (request) =>
      withPage(request, async (_pdf, page) => {
        const natural = page.getViewport({ scale: 1 });
        const scale = Math.min(picturedScale, readerLimits.viewSide / Math.max(natural.width, natural.height));
        return { png: await pngFile(await renderPdfPage(page, scale)) };
      }),
    close: clear,
  };
}
