import type { ReaderClient } from '../../reader/readerClient.ts';
import type { Attachment, DocumentFacts, PageWish } from '../../shared/attachments.ts';
import { facetError } from '../../shared/errors.ts';
import type { ContentStore, IncomingFile } from './contentStore.ts';
import type { Readings } from './readings.ts';

/** Width of the picture of a page, in pixels: what fine print of A4 needs, and what Pan & Scan cuts into views. */
const pictureWidth = 1_792;

export interface PageOptions {
  /** Absent: the one that opened it in this run, if any. */
  readonly password?: string | undefined;
  readonly signal?: AbortSignal;
}

/** Pages of documents that the user wants otherwise than the reader read them. */
export interface SinglePages {
  /** @throws FacetError invalidRequest for what has no such page, or where nothing is found that way; those of the reader */
  read(attachment: Attachment, page: number, by: PageWish, options?: PageOptions): Promise<DocumentFacts>;
  /** The picture of a page as a file that is still to be kept. @throws FacetError as `read` */
  picture(attachment: Attachment, page: number, options?: PageOptions): Promise<{ readonly file: IncomingFile; readonly name: string }>;
}

export function createSinglePages({
  reader,
  store,
  readings,
  passwordOf,
}: {
  readonly reader: ReaderClient;
  readonly store: ContentStore;
  readonly readings: Readings;
  readonly passwordOf: (sha256: string) => string | null;
}): SinglePages {
  const request = ({ name, sha256 }: Attachment, page: number, { password }: PageOptions) => ({
    path: store.pathOf(sha256),
    name,
    page,
    password: password ?? passwordOf(sha256),
  });
  return {
    read: async (attachment, page, by, options = {}) => {
      const { format } = requireFormat(attachment, ['pdf'], 'only pages of a PDF can be read another way');
      const read = await reader.request('document.readPage', { ...request(attachment, page, options), by }, options.signal);
      if (by === 'ocr' && read.characters === 0)
        throw facetError('invalidRequest', { field: 'page', reason: `OCR finds no text on page ${page}; it stays as it was` });
      return readings.replacePage(attachment.sha256, format, by === 'ocr' ? { ...read, chosen: true } : read);
    },
    picture: async (attachment, page, options = {}) => {
      requireFormat(attachment, ['pdf', 'multipage-tiff'], 'only pages of a PDF or a TIFF have a picture');
      const { bytes } = await reader.request(
        'document.page',
        { ...request(attachment, page, options), width: pictureWidth },
        options.signal,
      );
      const name = `${attachment.name.replace(/\.[^.]*$/, '')}, page ${page}.webp`;
      const file = await store.begin(name);
      await file.append(bytes);
      return { file, name };
    },
  };
}

function requireFormat({ state }: Attachment, formats: readonly string[], reason: string): DocumentFacts {
  if (state.kind !== 'document' || !formats.includes(state.document.format)) throw facetError('invalidRequest', { field: 'id', reason });
  return state.document;
}
