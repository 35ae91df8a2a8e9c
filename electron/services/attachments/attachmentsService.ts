import type { InkProfile } from '../../reader/readerContract.ts';
import type { Attachment, PageWish } from '../../shared/attachments.ts';
import type { DocumentTable, PageText } from '../../shared/documents.ts';
import type { DocumentSoFar } from './readingProgress.ts';
import type { PageOptions } from './singlePages.ts';
import type { Uploads } from './uploads.ts';

/** Files that were given to Facet: their bytes are kept once for each content, and read once. */
export interface AttachmentsService {
  /** In the order they were added. */
  list(): readonly Attachment[];
  /** @throws FacetError notFound */
  get(id: string): Attachment;
  /** Where its bytes are, for the reader. @throws FacetError notFound */
  fileOf(id: string): { readonly path: string; readonly name: string };
  /** Stores a copy and begins to read it. `asPicture`: of a file that is both, its first page as a picture, until the end of this run. `page`: only that page, as `addPage`. @throws FacetError notFound, fileUnreadable, fileTooLarge, diskFull, diskFailed */
  addFile(source: string, options?: AddFileOptions): Promise<Attachment>;
  /**
   * Adds the file that an attachment came from as it is now, as another attachment; the first stays what it was.
   * @throws FacetError invalidRequest when it came from no file of this machine; those of `addFile`
   */
  readAgain(id: string): Promise<Attachment>;
  /** Looks whether the files that these came from have changed; tells by `attachment.changed`. Never rejects. */
  lookAgain(ids: readonly string[]): Promise<void>;
  readonly uploads: Pick<Uploads, 'begin' | 'append' | 'abort'> & { finish(uploadId: string): Promise<Attachment> };
  /** Resolves when reading has ended; tries again when it had failed. Never rejects for what is wrong with the file: that is a state. */
  read(id: string, password?: string): Promise<Attachment>;
  /** As it stands once reading has ended; a failed one is not tried again. @throws FacetError notFound */
  settled(id: string): Promise<Attachment>;
  /** The first pages of a document that is still being read; null before there are any, and for whatever is not being read. @throws FacetError notFound */
  soFar(id: string): DocumentSoFar | null;
  /** Text of a document by page, once it is read. @throws FacetError of a failed reading; invalidRequest for a picture */
  text(id: string): Promise<readonly PageText[]>;
  /** Tables of a document, once it is read. Errors as for `text`. */
  tables(id: string): Promise<readonly DocumentTable[]>;
  /** The password that opened its content in this run, which is kept in memory only; null when none was needed or given. @throws FacetError notFound */
  passwordOf(id: string): string | null;
  /** Reads a page of a PDF another way, for all attachments of this content. @throws FacetError as the reader; invalidRequest where nothing is found */
  readPage(id: string, page: number, by: PageWish, options?: PageOptions): Promise<Attachment>;
  /** Adds the picture of a page as a file of its own. @throws FacetError as the reader */
  addPage(id: string, page: number, options?: PageOptions): Promise<Attachment>;
  /** Reads a document again in the languages that OCR reads in now, for all attachments of this content. @throws FacetError of the reading; it then stays as it was */
  recognizeAgain(id: string, password?: string): Promise<Attachment>;
  /** @throws FacetError busy when a message uses it */
  remove(id: string): Promise<void>;
  /** Takes it out of every list, used or not, and stops reading it; `bringBack` undoes that until `dropHidden`. @throws FacetError notFound */
  hide(id: string): Promise<void>;
  /** @throws FacetError notFound when its bytes are gone */
  bringBack(id: string): Attachment;
  /** Deletes what was hidden this long ago, in milliseconds, or longer: bytes, text and rows. Returns the ids. */
  dropHidden(agoMs: number): readonly string[];
  /** Where a picture has ink; null for what is not a picture that was read. @throws FacetError notFound */
  ink(id: string): InkProfile | null;
  /** Stops reading; what was not read goes on at the next start. */
  close(): Promise<void>;
}

export interface AddFileOptions {
  readonly asPicture: boolean;
  readonly page?: number;
  /** What opens the file for `page`. */
  readonly password?: string;
}
