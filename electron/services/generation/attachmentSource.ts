import type { ImageView } from '../../reader/readerContract.ts';
import type { AttachmentsService } from '../attachments/attachmentsService.ts';
import type { DocumentSoFar } from '../attachments/readingProgress.ts';
import type { Place } from '../citations/searchDocument.ts';
import type { DocumentsService } from '../documents/createDocumentsService.ts';
import type { ImagesService } from '../images/createImagesService.ts';
import type { Attachment, PanScanMode, Rect } from '../../shared/attachments.ts';
import type { PageRect } from '../../shared/citations.ts';
import type { DocumentTable, PageText } from '../../shared/documents.ts';

/** What answering needs of the attachments. */
export interface AttachmentSource {
  list(): readonly Attachment[];
  /** Looks whether the files that these came from have changed, which the attachments then say. Never rejects. */
  lookAgain(ids: readonly string[]): Promise<void>;
  /** As it stands once reading has ended. @throws FacetError notFound */
  settled(id: string): Promise<Attachment>;
  /** The first pages of a document that is still being read; null for whatever is not. */
  soFar(id: string): DocumentSoFar | null;
  /** The text of a document that was read. */
  pages(id: string): Promise<readonly PageText[]>;
  /** The tables of a document, in the order of its text; of a picture, those that OCR finds. */
  tables(id: string): Promise<readonly DocumentTable[]>;
  /** Where on its pages a quotation stands, line by line; empty where the format gives no positions. */
  rectangles(id: string, quote: string, place: Place): Promise<readonly PageRect[]>;
  /** Views of a picture, one for each rectangle; null is the whole picture. */
  views(id: string, rects: readonly (Rect | null)[], side: number, signal: AbortSignal): Promise<readonly ImageView[]>;
  /** Where a picture is cut for the model; in mode `auto` into `mostCrops` at most. */
  plan(id: string, mode: PanScanMode, regions: readonly Rect[], side: number, mostCrops: number): { readonly crops: readonly Rect[] };
}

/** The attachments with what their pages and pictures hold. */
export function createAttachmentSource(
  attachments: Pick<AttachmentsService, 'list' | 'lookAgain' | 'settled' | 'soFar'>,
  documents: Pick<DocumentsService, 'text' | 'tables' | 'rectangles'>,
  images: Pick<ImagesService, 'views' | 'plan'>,
): AttachmentSource {
  return {
    list: () => attachments.list(),
    lookAgain: (ids) => attachments.lookAgain(ids),
    settled: (id) => attachments.settled(id),
    soFar: (id) => attachments.soFar(id),
    pages: (id) => documents.text(id),
    tables: (id) => documents.tables(id),
    rectangles: (id, quote, place) => documents.rectangles(id, quote, place),
    views: (id, rects, side, signal) => images.views(id, rects, side, signal),
    plan: (id, mode, regions, side, mostCrops) => images.plan(id, mode, regions, side, mostCrops),
  };
}
