import type { ReaderClient } from '../../reader/readerClient.ts';
import type { PageRect } from '../../shared/citations.ts';
import type { Place } from '../citations/searchDocument.ts';
import type { DocumentTable, PagePicture, PageText, PageWords } from '../../shared/documents.ts';
import { FacetError, isCancelled } from '../../shared/errors.ts';
import type { Attachment } from '../../shared/attachments.ts';
import type { ReaderRequests } from '../../reader/readerContract.ts';
import type { AttachmentsService } from '../attachments/attachmentsService.ts';
import { englishReading, type OcrReading } from '../ocr/ocrReading.ts';
import { quoteRectangles } from './quoteRectangles.ts';

/** Documents among the attachments. */
export interface DocumentsService {
  /**
   * Text by page, waiting for a reading that goes on; of a picture, what OCR finds in it. `soFar`: without waiting, the pages that are there of a document
   * that is being read. @throws FacetError notFound, or why it could not be read
   */
  text(attachmentId: string, soFar?: boolean): Promise<readonly PageText[]>;
  /** Where a quotation stands on its pages, one rectangle for each line; empty for formats without positions. */
  rectangles(attachmentId: string, quote: string, place: Place): Promise<readonly PageRect[]>;
  /** Of a picture, those that OCR finds in it. Errors as for `text`. */
  tables(attachmentId: string): Promise<readonly DocumentTable[]>;
  /** Of a picture, where OCR finds them. Null for what has no pages to look at. @throws FacetError as `text`, and passwordRequired */
  pageWords(attachmentId: string, page: number, password: string | null, signal?: AbortSignal): Promise<PageWords | null>;
  /** `width` in pixels. Null and errors as for `pageWords`. */
  pagePicture(
    attachmentId: string,
    page: number,
    width: number,
    password: string | null,
    signal?: AbortSignal,
  ): Promise<PagePicture | null>;
}

/** Formats whose pages can be looked at. */
const pagedFormats: readonly string[] = ['pdf', 'multipage-tiff'];

export function createDocumentsService(options: {
  readonly attachments: Pick<AttachmentsService, 'get' | 'text' | 'tables' | 'settled' | 'soFar' | 'fileOf' | 'passwordOf'>;
  readonly reader: ReaderClient;
  /** Languages that OCR reads in; English alone by default. */
  readonly ocr?: OcrReading;
}): DocumentsService {
  const { attachments, reader, ocr = englishReading } = options;
  /** Recognised once in a run, by content and languages: every draft and turn of a conversation asks again. */
  const recognized = new Map<string, Promise<ReaderRequests['image.text']['result']>>();
  const recognize = ({ id, sha256 }: Attachment): Promise<ReaderRequests['image.text']['result']> => {
    const languages = ocr.chosen();
    const key = [sha256, ...languages].join(' ');
    const known = recognized.get(key);
    if (known !== undefined) return known;
    const recognizing = reader.request('image.text', { ...attachments.fileOf(id), languages: ocr.files(languages) });
    recognized.set(key, recognizing);
    recognizing.catch(() => recognized.delete(key));
    return recognizing;
  };
  const hasPages = async (attachmentId: string): Promise<boolean> => {
    const soFar = attachments.soFar(attachmentId);
    if (soFar !== null) return pagedFormats.includes(soFar.document.format);
    const { state } = await attachments.settled(attachmentId);
    if (state.kind === 'failed') throw new FacetError(state.error);
    return state.kind === 'document' && pagedFormats.includes(state.document.format);
  };
  /** Whether its text is what OCR found, and in which languages: then its words stand where OCR saw them. */
  const recognizedAs = (
    attachmentId: string,
    page: number,
  ): Pick<ReaderRequests['document.words']['params'], 'recognized' | 'languages'> => {
    const { state } = attachments.get(attachmentId);
    const summary = state.kind === 'document' ? state.document.pages.find((one) => one.page === page) : undefined;
    if (summary?.source !== 'ocr') return {};
    return { recognized: true, languages: ocr.files(summary.languages ?? englishReading.chosen()) };
  };
  const pageOf = (attachmentId: string, page: number, password: string | null) => ({
    ...attachments.fileOf(attachmentId),
    page,
    password: password ?? attachments.passwordOf(attachmentId),
  });
  const pageWords: DocumentsService['pageWords'] = async (attachmentId, page, password, signal) => {
    // Asked first, since it does not wait for a document that is being read.
    if (await hasPages(attachmentId)) {
      const request = { ...pageOf(attachmentId, page, password), ...recognizedAs(attachmentId, page) };
      return reader.request('document.words', request, signal);
    }
    const attachment = await attachments.settled(attachmentId);
    if (attachment.state.kind !== 'image') return null;
    const { width, height } = attachment.state.image;
    return { width, height, words: (await recognize(attachment)).words };
  };
  return {
    rectangles: async (attachmentId, _quote, place) => {
      try {
        const parts = await Promise.all(
          [place, ...place.rest].map(async ({ page, start, end }) => {
            const found = await pageWords(attachmentId, page, null);
            return quoteRectangles(found?.words ?? [], start, end).map((rect): PageRect => ({ page, ...rect }));
          }),
        );
        return parts.flat();
      } catch (error) {
        // The quotation is verified by the text alone; where it stands may be unknown, as with a protected file after a restart.
        if (!(error instanceof FacetError) || isCancelled(error)) throw error;
        return [];
      }
    },
    text: async (attachmentId, soFar = false) => {
      const begun = soFar ? attachments.soFar(attachmentId) : null;
      if (begun !== null) return begun.texts;
      const attachment = await attachments.settled(attachmentId);
      if (attachment.state.kind !== 'image') return attachments.text(attachmentId);
      return [{ page: 1, text: (await recognize(attachment)).text, headings: [] }];
    },
    tables: async (attachmentId) => {
      const attachment = await attachments.settled(attachmentId);
      if (attachment.state.kind !== 'image') return attachments.tables(attachmentId);
      return (await recognize(attachment)).tables.map((table) => ({ page: 1, ...table }));
    },
    pageWords,
    pagePicture: async (attachmentId, page, width, password, signal) => {
      if (!(await hasPages(attachmentId))) return null;
      const { bytes, ...picture } = await reader.request('document.page', { ...pageOf(attachmentId, page, password), width }, signal);
      return { ...picture, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') };
    },
  };
}
