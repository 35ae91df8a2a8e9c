import type { ReaderClient } from '../../reader/readerClient.ts';
import type { PageRequest } from '../../reader/readerContract.ts';
import type { Attachment, DocumentFacts, PageWish } from '../../shared/attachments.ts';
import { facetError } from '../../shared/errors.ts';
import type { ContentStore, IncomingFile } from './contentStore.ts';
import { keptLanguages, type OcrReading } from '../ocr/ocrReading.ts';
import type { Readings } from './readings.ts';

export interface PageOptions {
  /** Absent: the one that opened it in this run, if any. */
  readonly password?: string | undefined;
  readonly signal?: AbortSignal;
}

/** Pages of documents that the user wants otherwise than the reader read them. */
export interface SinglePages {
  /** @throws FacetError invalidRequest for what has no such page, or where nothing is found that way; those of the reader */
  read(attachment: Attachment, page: number, by: PageWish, options?: PageOptions): Promise<DocumentFacts>;
  /** A page of an attachment, for the reader. */
  requestOf(attachment: Attachment, page: number, options?: PageOptions): PageRequest;
  /** The picture of a page, in its own pixels, as a file that is still to be kept. @throws FacetError of the reader; invalidRequest where there are no pages to look at */
  picture(request: PageRequest, signal?: AbortSignal): Promise<{ readonly file: IncomingFile; readonly name: string }>;
}

export function createSinglePages({
  reader,
  store,
  readings,
  passwordOf,
  ocr,
}: {
  readonly reader: ReaderClient;
  readonly store: ContentStore;
  readonly readings: Readings;
  readonly passwordOf: (sha256: string) => string | null;
  readonly ocr: OcrReading;
}): SinglePages {
  const requestOf = ({ name, sha256 }: Attachment, page: number, { password }: PageOptions = {}): PageRequest => ({
    path: store.pathOf(sha256),
    name,
    page,
    password: password ?? passwordOf(sha256),
  });
  return {
    requestOf,
    read: async (attachment, page, by, options = {}) => {
      const { format } = requireFormat(attachment, ['pdf'], 'only pages of a PDF can be read another way');
      const languages = ocr.chosen();
      const read = await reader.request(
        'document.readPage',
        { ...requestOf(attachment, page, options), by, languages: ocr.files(languages) },
        options.signal,
      );
      if (by === 'ocr' && read.characters === 0)
        throw facetError('invalidRequest', { field: 'page', reason: `OCR finds no text on page ${page}; it stays as it was` });
      const kept = read.source === 'ocr' || read.source === 'failed' ? keptLanguages(languages) : {};
      return readings.replacePage(attachment.sha256, format, { ...read, ...kept, ...(by === 'ocr' ? { chosen: true } : {}) });
    },
    picture: async (request, signal) => {
      const { png } = await reader.request('document.pagePng', request, signal);
      const name = `${request.name.replace(/\.[^.]*$/, '')}, page ${request.page}.png`;
      const file = await store.begin(name);
      await file.append(png);
      return { file, name };
    },
  };
}

function requireFormat({ state }: Attachment, formats: readonly string[], reason: string): DocumentFacts {
  if (state.kind !== 'document' || !formats.includes(state.document.format)) throw facetError('invalidRequest', { field: 'id', reason });
  return state.document;
}
