import type { ReaderClient } from '../../reader/readerClient.ts';
import type { PageRect } from '../../shared/citations.ts';
import type { Place } from '../citations/searchDocument.ts';
import type { AttachmentsService } from '../attachments/createAttachmentsService.ts';
import type { PageText } from '../attachments/readings.ts';

/** Documents among the attachments. */
export interface DocumentsService {
  /** Text by page, waiting for a reading that goes on; of a picture, what OCR finds in it. @throws FacetError notFound, or why it could not be read */
  text(attachmentId: string): Promise<readonly PageText[]>;
  /** Where a quotation stands on its pages, one rectangle for each line; empty for formats without positions. */
  rectangles(attachmentId: string, quote: string, place: Place): Promise<readonly PageRect[]>;
}

export function createDocumentsService(options: {
  readonly attachments: Pick<AttachmentsService, 'text' | 'settled' | 'fileOf'>;
  readonly reader: ReaderClient;
}): DocumentsService {
  const { attachments, reader } = options;
  /** Recognised once in a run, by content: every draft and turn of a conversation asks again. */
  const recognized = new Map<string, Promise<readonly PageText[]>>();
  const textOfPicture = (attachmentId: string, sha256: string): Promise<readonly PageText[]> => {
    const known = recognized.get(sha256);
    if (known !== undefined) return known;
    const recognizing = reader.request('image.text', attachments.fileOf(attachmentId)).then(({ text }) => [{ page: 1, text }]);
    recognized.set(sha256, recognizing);
    recognizing.catch(() => recognized.delete(sha256));
    return recognizing;
  };
  return {
    rectangles: () => Promise.resolve([]),
    text: async (attachmentId) => {
      const { state, sha256 } = await attachments.settled(attachmentId);
      return state.kind === 'image' ? textOfPicture(attachmentId, sha256) : attachments.text(attachmentId);
    },
  };
}
