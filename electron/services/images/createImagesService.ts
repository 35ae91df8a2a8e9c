import type { ReaderClient } from '../../reader/readerClient.ts';
import type { ImageView } from '../../reader/readerContract.ts';
import type { PanScanMode, Rect } from '../../shared/attachments.ts';
import { facetError } from '../../shared/errors.ts';
import type { AttachmentsService } from '../attachments/attachmentsService.ts';
import { encodePng } from './encodePng.ts';
import { planViews } from './planViews.ts';

export interface ImagePreview {
  readonly mime: string;
  readonly base64: string;
}

export interface ImageViewPicture {
  readonly mime: 'image/png';
  readonly base64: string;
}

/** Pictures of attachments, decoded by the reader child. */
export interface ImagesService {
  /**
   * Views as the encoder gets them, in order; a rectangle is in pixels of the upright picture, null is the whole of it.
   * @throws FacetError notFound, fileUnreadable, invalidRequest, readerStopped, cancelled
   */
  views(attachmentId: string, rects: readonly (Rect | null)[], side: number, signal?: AbortSignal): Promise<readonly ImageView[]>;
  /**
   * Where a picture is cut for the model; in mode `auto` into `mostCrops` at most. The same arguments always give the same crops.
   * @throws FacetError notFound, invalidRequest for boxes outside the picture
   */
  plan(
    attachmentId: string,
    mode: PanScanMode,
    regions: readonly Rect[],
    side: number,
    mostCrops: number,
  ): { readonly crops: readonly Rect[] };
  /** One view as the encoder gets it, for people to look at. @throws FacetError as `views` */
  view(attachmentId: string, rect: Rect | null, side: number, signal: AbortSignal): Promise<ImageViewPicture>;
  /** The decoded picture for people, longest side at most `side` pixels; null for what is not a picture. */
  preview(attachmentId: string, side: number): Promise<ImagePreview | null>;
}

export function createImagesService(options: {
  readonly attachments: Pick<AttachmentsService, 'fileOf' | 'get' | 'ink' | 'settled'>;
  readonly reader: ReaderClient;
}): ImagesService {
  const { attachments, reader } = options;
  // Asked for at every change of a draft; the ink of a large picture takes milliseconds to load.
  const autoCrops = new Map<string, readonly Rect[]>();
  return {
    views: (attachmentId, rects, side, signal) =>
      reader.request('image.views', { ...attachments.fileOf(attachmentId), rects, side }, signal),
    plan: (attachmentId, mode, regions, side, mostCrops) => {
      const { state } = attachments.get(attachmentId);
      if (state.kind !== 'image') throw facetError('invalidRequest', { field: 'id', reason: 'the attachment is not a picture' });
      const { width, height } = state.image;
      if (mode !== 'auto') return planViews({ width, height, mode, regions, side, ink: null });
      const key = [attachmentId, side, mostCrops].join('/');
      const crops =
        autoCrops.get(key) ?? planViews({ width, height, mode, regions, side, ink: attachments.ink(attachmentId), mostCrops }).crops;
      autoCrops.set(key, crops);
      return { crops };
    },
    view: async (attachmentId, rect, side, signal) => {
      const { state, name } = attachments.get(attachmentId);
      if (state.kind !== 'image') throw facetError('invalidRequest', { field: 'id', reason: 'the attachment is not a picture' });
      const [view] = await reader.request('image.views', { ...attachments.fileOf(attachmentId), rects: [rect], side }, signal);
      if (view === undefined) throw facetError('internal', { message: `The reader gave no view of ${name}.` });
      return { mime: 'image/png', base64: encodePng(view.rgb, side).toString('base64') };
    },
    preview: async (attachmentId, side) => {
      const { state } = await attachments.settled(attachmentId);
      if (state.kind !== 'image') return null;
      const { mime, bytes } = await reader.request('image.preview', { ...attachments.fileOf(attachmentId), side });
      return { mime, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') };
    },
  };
}
