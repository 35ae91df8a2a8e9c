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

export interface EncodeOptions {
  readonly signal: AbortSignal;
  /** Called before each view that may need the encoder. */
  readonly looking: (name: string, view: number, views: number) => void;
}

/** A view that is in the engine now. */
export interface EncodedView extends ViewReceipt {
  readonly key: string;
}

export interface ImageEncoder {
  /**
   * Makes and encodes the views that the engine does not have.
   * @throws FacetError of the reader or the engine, cancelled
   */
  encode(planned: PlannedImage, side: number, options: EncodeOptions): Promise<EncodedImage>;
  /** The same view by view, in the order of the rectangles; whoever asks may stop after any. */
  eachView(planned: PlannedImage, side: number, options: EncodeOptions): AsyncGenerator<EncodedView, void, undefined>;
  /** Milliseconds that encoding these views would take, by what views of this side took so far; null while none was encoded. */
  predictMs(sha256: string, rects: readonly (Rect | null)[], side: number): number | null;
}

/** Remembers which view has which key, so that a known view is not decoded again. */
export function createImageEncoder(engine: EngineClient, source: AttachmentSource): ImageEncoder {
  const keys = new Map<string, string>();
  /** What the newest view of each side took, in milliseconds. */
  const viewMs = new Map<number, number>();

  /** The keys of those views that the engine has, by name. */
  const knownKeys = async (names: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> => {
    const remembered = names.flatMap((name) => {
      const key = keys.get(name);
      return key === undefined ? [] : [{ name, key }];
    });
    if (remembered.length === 0) return new Map();
    const { known } = await engine.request('image.known', { keys: remembered.map(({ key }) => key) }, signal);
    return new Map(remembered.filter((_, index) => known[index] === true).map(({ name, key }) => [name, key]));
  };

  async function* eachView(
    { input: { attachment }, rects }: PlannedImage,
    side: number,
    { signal, looking }: EncodeOptions,
  ): AsyncGenerator<EncodedView, void, undefined> {
    const named = rects.map((rect) => ({ rect, name: viewName(attachment.sha256, rect, side) }));
    const known = await knownKeys(
      named.map(({ name }) => name),
      signal,
    );
    const missing = named.filter(({ name }) => !known.has(name)).map(({ rect }) => rect);
    const made = missing.length === 0 ? [] : [...(await source.views(attachment.id, missing, side, signal))];
    for (const [index, { name }] of named.entries()) {
      if (signal.aborted) throw facetError('cancelled', {});
      const key = known.get(name);
      if (key !== undefined) {
        yield { key, encodeMs: 0, cached: true };
        continue;
      }
      const view = made.shift();
      if (view === undefined) throw facetError('internal', { message: `The reader gave too few views of ${attachment.name}.` });
      looking(attachment.name, index + 1, named.length);
      const { cached, encodeMs } = await engine.request('image.encode', { key: view.sha256, side, rgb: view.rgb }, signal);
      keys.set(name, view.sha256);
      if (!cached) viewMs.set(side, encodeMs);
      yield { key: view.sha256, encodeMs: cached ? 0 : encodeMs, cached };
    }
  }

  return {
    eachView,
    predictMs: (sha256, rects, side) => {
      const unknown = rects.filter((rect) => !keys.has(viewName(sha256, rect, side))).length;
      if (unknown === 0) return 0;
      const one = viewMs.get(side);
      return one === undefined ? null : unknown * one;
    },
    encode: async (planned, side, options) => {
      const views: EncodedView[] = [];
      for await (const view of eachView(planned, side, options)) views.push(view);
      return encoded(
        planned,
        views.map(({ key }) => key),
        views.map(({ encodeMs, cached }) => ({ encodeMs, cached })),
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
