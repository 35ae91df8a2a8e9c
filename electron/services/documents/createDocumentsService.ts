import type { AttachmentsService } from '../attachments/createAttachmentsService.ts';
import type { PageText } from '../attachments/readings.ts';

/** Documents among the attachments. */
export interface DocumentsService {
  /** Text by page, waiting for a reading that goes on. @throws FacetError notFound, invalidRequest (a picture), or why it could not be read */
  text(attachmentId: string): Promise<readonly PageText[]>;
}

export function createDocumentsService(options: { readonly attachments: Pick<AttachmentsService, 'text'> }): DocumentsService {
  return { text: (attachmentId) => options.attachments.text(attachmentId) };
}
