import type { Rect } from '../../shared/attachments.ts';
import type { AttachmentUse } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import type { ViewReceipt } from '../../shared/generation.ts';
import type { ImageSegment } from '../context/segments.ts';
import type { AttachmentSource } from './attachmentSource.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { ImageInput, Inputs } from './readInputs.ts';

/** One use of a picture: where it is cut, and the views it becomes. */
export interface PlannedImage {
  readonly input: ImageInput;
  readonly use: AttachmentUse;
  readonly crops: readonly Rect[];
  /** The whole picture, then the crops. */
  readonly rects: readonly (Rect | null)[];
}

/** A planned picture whose views are in the engine. */
export interface EncodedImage extends PlannedImage {
  readonly segment: ImageSegment;
  readonly encodeMs: number;
  /** True when no view needed the encoder. */
  readonly cached: boolean;
  /** In the order of the rectangles. */
  readonly views: readonly ViewReceipt[];
}

/** Plans each use of a picture, in order. */
export function planImages(
  uses: readonly AttachmentUse[],
  inputs: Inputs,
  source: AttachmentSource,
  side: number,
): readonly PlannedImage[] {
  return uses.flatMap((use) => {
    const input = inputs.get(use.attachmentId);
    if (input?.kind !== 'image') return [];
    const { crops } = source.plan(input.attachment.id, use.panScan, use.regions, side);
    return [{ input, use, crops, rects: [null, ...crops] }];
  });
}

/** A segment whose views stand for themselves: enough to count and to plan, not to run. */
export function unencodedSegment({ input, rects }: PlannedImage): ImageSegment {
  return { attachmentId: input.attachment.id, viewKeys: rects.map((_, index) => `${input.attachment.sha256}-${String(index)}`) };
}

export interface ImageEncoder {
  /**
   * Makes and encodes the views that the engine does not have. `looking` is called before each that needs the encoder.
   * @throws FacetError of the reader or the engine, cancelled
   */
  encode(
    planned: PlannedImage,
    side: number,
    options: { readonly signal: AbortSignal; readonly looking: (name: string, view: number, views: number) => void },
  ): Promise<EncodedImage>;
  /** Milliseconds that encoding these views would take, by what views of this side took so far; null while none was encoded. */
  predictMs(sha256: string, rects: readonly (Rect | null)[], side: number): number | null;
}

/** Remembers which view has which key, so that a known picture is not decoded again. */
export function createImageEncoder(engine: EngineClient, source: AttachmentSource): ImageEncoder {
  const keys = new Map<string, string>();
  /** What the newest view of each side took, in milliseconds. */
  const viewMs = new Map<number, number>();
  return {
    predictMs: (sha256, rects, side) => {
      const unknown = rects.filter((rect) => !keys.has(viewName(sha256, rect, side))).length;
      if (unknown === 0) return 0;
      const one = viewMs.get(side);
      return one === undefined ? null : unknown * one;
    },
    encode: async (planned, side, { signal, looking }) => {
      const { input, rects } = planned;
      const { attachment } = input;
      const names = rects.map((rect) => viewName(attachment.sha256, rect, side));
      const remembered = names.map((name) => keys.get(name)).filter((key) => key !== undefined);
      if (remembered.length === names.length) {
        const { known } = await engine.request('image.known', { keys: remembered }, signal);
        if (known.every(Boolean))
          return encoded(
            planned,
            remembered,
            remembered.map(() => ({ encodeMs: 0, cached: true })),
          );
      }
      const views = await source.views(attachment.id, rects, side, signal);
      const receipts: ViewReceipt[] = [];
      for (const [index, view] of views.entries()) {
        if (signal.aborted) throw facetError('cancelled', {});
        looking(attachment.name, index + 1, views.length);
        const result = await engine.request('image.encode', { key: view.sha256, side, rgb: view.rgb }, signal);
        keys.set(names[index] ?? '', view.sha256);
        if (!result.cached) viewMs.set(side, result.encodeMs);
        receipts.push({ encodeMs: result.cached ? 0 : result.encodeMs, cached: result.cached });
      }
      return encoded(
        planned,
        views.map(({ sha256 }) => sha256),
        receipts,
      );
    },
  };
}

function encoded(planned: PlannedImage, viewKeys: readonly string[], views: readonly ViewReceipt[]): EncodedImage {
  return {
    ...planned,
    segment: { attachmentId: planned.input.attachment.id, viewKeys },
    encodeMs: views.reduce((sum, view) => sum + view.encodeMs, 0),
    cached: views.every((view) => view.cached),
    views,
  };
}

function viewName(sha256: string, rect: Rect | null, side: number): string {
  return [sha256, side, ...(rect === null ? ['whole'] : [rect.x, rect.y, rect.width, rect.height])].join('/');
}
