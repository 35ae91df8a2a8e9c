import type { Requests } from '../../shared/contract.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import type { DocumentsService } from '../documents/createDocumentsService.ts';
import type { ImagesService } from '../images/createImagesService.ts';
import type { AttachmentsService } from './createAttachmentsService.ts';

type AttachmentRequests = Pick<
  Requests,
  | 'attachment.addFile'
  | 'attachment.read'
  | 'attachment.remove'
  | 'attachment.preview'
  | 'attachment.text'
  | 'upload.begin'
  | 'upload.append'
  | 'upload.finish'
  | 'upload.abort'
>;

/** The attachment and upload requests of the contract. */
export function createAttachmentHandlers(services: {
  readonly attachments: AttachmentsService;
  readonly images: ImagesService;
  readonly documents: DocumentsService;
}): RequestHandlers<AttachmentRequests> {
  const { attachments, images, documents } = services;
  return {
    'attachment.addFile': ({ path }) => attachments.addFile(path),
    'attachment.read': ({ id, password }) => attachments.read(id, password),
    'attachment.remove': async ({ id }) => {
      await attachments.remove(id);
      return {};
    },
    'attachment.preview': ({ id, side }) => images.preview(id, side),
    'attachment.text': ({ id }) => documents.text(id),
    'upload.begin': async ({ name, bytes }) => ({ uploadId: await attachments.uploads.begin(name, bytes) }),
    'upload.append': async ({ uploadId, base64 }) => {
      await attachments.uploads.append(uploadId, base64);
      return {};
    },
    'upload.finish': ({ uploadId }) => attachments.uploads.finish(uploadId),
    'upload.abort': async ({ uploadId }) => {
      await attachments.uploads.abort(uploadId);
      return {};
    },
  };
}
