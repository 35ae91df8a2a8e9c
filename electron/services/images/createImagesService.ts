import type { ReaderClient } from '../../reader/readerClient.ts';
import type { ImageView } from '../../reader/readerContract.ts';
import type { Rect } from '../../shared/attachments.ts';
import type { AttachmentsService } from '../attachments/createAttachmentsService.ts';

export interface ImagePreview {
  readonly mime: string;
  readonly base64: string;
}

/** Pictures of attachments, decoded by the reader child. */
export interface ImagesService {
  /**
   * Views as the encoder gets them, in order; a rectangle is in pixels of the upright picture, null is the whole of it.
   * @throws FacetError notFound, fileUnreadable, invalidRequest, readerStopped, cancelled
   */
  views(attachmentId: string, rects: readonly (Rect | null)[], side: number, signal?: AbortSignal): Promise<readonly ImageView[]>;
  /** The decoded picture for people, longest side at most `side` pixels; null for what is not a picture. */
  preview(attachmentId: string, side: number): Promise<ImagePreview | null>;
}

export function createImagesService(options: {
  readonly attachments: Pick<AttachmentsService, 'fileOf' | 'settled'>;
  readonly reader: ReaderClient;
}): ImagesService {
  const { attachments, reader } = options;
  return {
    views: (attachmentId, rects, side, signal) =>
      reader.request('image.views', { ...attachments.fileOf(attachmentId), rects, side }, signal),
    preview: async (attachmentId, side) => {
      const { state } = await attachments.settled(attachmentId);
      if (state.kind !== 'image') return null;
      const { mime, bytes } = await reader.request('image.preview', { ...attachments.fileOf(attachmentId), side });
      return { mime, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') };
    },
  };
}
