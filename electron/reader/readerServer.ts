import { facetError } from '../shared/errors.ts';
import type { ModelCheck } from '../shared/models.ts';
import { serveRpc, type Port, type RequestHandlers, type RpcServer } from '../shared/rpc.ts';
import { createPdfPages } from './documents/pdf/createPdfPages.ts';
import { findWords } from './documents/pdf/findWords.ts';
import { readDocument } from './documents/readDocument.ts';
import { tiffPagePicture, tiffPagePng, tiffPageWords } from './documents/tiff/tiffPageViews.ts';
import type { ReaderFile } from './fileBytes.ts';
import { identifyFile } from './identifyFile.ts';
import { createDecodedImages } from './images/decodedImages.ts';
import { inkProfile } from './images/inkProfile.ts';
import { renderPreview } from './images/renderPreview.ts';
import { renderViews } from './images/renderViews.ts';
import { createTextRecognizer } from './ocr/createTextRecognizer.ts';
import type { ReaderEvents, ReaderRequests } from './readerContract.ts';
import { drawTestPage } from './readingTest/drawTestPage.ts';

/** What the reader does with model files; composed in readerMain, because it shares nothing with pictures and documents. */
export type CheckGguf = (path: string) => Promise<ModelCheck>;

/** Answers the requests of the reader contract on a port. */
export function serveReader(port: Port, checkGguf: CheckGguf): RpcServer<ReaderEvents> {
  const images = createDecodedImages();
  const recognizer = createTextRecognizer();
  const pdfPages = createPdfPages(recognizer);
  const handlers: RequestHandlers<ReaderRequests> = {
    'file.identify': async (file) => {
      const identified = await identifyFile(file);
      return { ...identified, pictureToo: identified.format === 'multipage-tiff' };
    },
    'image.inspect': async (file) => {
      const { format, width, height, pages, warnings } = await images.get(file);
      return { format, width, height, ...(pages === undefined ? {} : { pages }), warnings };
    },
    'image.profile': async (file) => inkProfile(await images.get(file)),
    'image.views': async (params, signal) => {
      const image = await images.get(params);
      if (signal.aborted) throw facetError('cancelled', {});
      return renderViews(image, params.rects, params.side);
    },
    'image.preview': async (params) => renderPreview(await images.get(params), params.side),
    'image.text': async ({ languages, ...file }, signal) => {
      const { words, ...read } = await recognizer.in(languages).recognize(await images.get(file), signal);
      return { ...read, words: findWords(words, read.text) };
    },
    'document.read': ({ readId, password, languages, ...file }, signal) =>
      readDocument(file, {
        password,
        signal,
        recognizer: recognizer.in(languages),
        onPage: (page, pages, read) => server.emit('document.progressed', { readId, page, pages, read: read ?? null }),
      }),
    'document.words': async (request, signal) =>
      (await isTiff(request)) ? tiffPageWords(request, recognizer.in(request.languages), signal) : pdfPages.words(request, signal),
    'document.readPage': async (request, signal) => {
      if (await isTiff(request))
        throw facetError('invalidRequest', { field: 'by', reason: 'pages of a TIFF are pictures, which are read by OCR already' });
      return pdfPages.read(request, signal);
    },
    'document.page': async (request) => ((await isTiff(request)) ? tiffPagePicture(request) : pdfPages.picture(request)),
    'document.pagePng': async (request) => {
      const { format } = await identifyFile(request);
      if (format === 'pdf') return pdfPages.png(request);
      if (format === 'tiff' || format === 'multipage-tiff') return tiffPagePng(request);
      throw facetError('invalidRequest', { field: 'page', reason: 'is for files with pages to look at: PDF and TIFF' });
    },
    'ocr.check': async ({ name, languages }, signal) => {
      try {
        await recognizer.check(languages, signal);
        return {};
      } catch (error) {
        if (signal.aborted) throw error;
        throw facetError(
          'fileUnreadable',
          { file: name, reason: 'it is no language data of Tesseract 4 or newer, or it is damaged' },
          error,
        );
      }
    },
    'readingTest.page': drawTestPage,
    'gguf.check': ({ path }) => checkGguf(path),
  };
  port.onClose(() => {
    images.clear();
    pdfPages.close();
    recognizer.close();
  });
  // The parent is ours and typed by the same contract; ranges are checked where they matter.
  const server = serveRpc<ReaderRequests, ReaderEvents>(port, handlers, (_name, params) => params as never);
  return server;
}

async function isTiff(file: ReaderFile): Promise<boolean> {
  return (await identifyFile(file)).format === 'multipage-tiff';
}
