import type { Rect } from '../../shared/attachments.ts';
import type { AttachmentUse } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import type { ViewReceipt } from '../../shared/generation.ts';
import type { ImageSegment } from '../context/segments.ts';
import type { AttachmentSource } from './attachmentSource.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { EncoderSpeeds } from '../images/encoderSpeeds.ts';
import type { UsePlace } from '../images/viewPlanStore.ts';
import { encoderOf } from './encoderOf.ts';
import type { ActiveModel } from './modelHost.ts';
import type { ImageInput } from './readInputs.ts';

/** Why a picture has fewer crops than its type asks for. */
export type CropLimit = 'time' | 'context';

/** One use of a picture: where it is cut, and the views it becomes. */
export interface PlannedImage {
  readonly input: ImageInput;
  readonly use: AttachmentUse;
  /** Null for a picture that is in no message yet. */
  readonly place: UsePlace | null;
  /** True when it was read like this before, and must be again. */
  readonly isKept: boolean;
  readonly limit: CropLimit | null;
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
  /** Milliseconds that the model in use would need to encode those of these views that it has not seen; null while its speed was never measured. */
  predictMs(sha256: string, rects: readonly (Rect | null)[], side: number): number | null;
}

/** Remembers which view has which key, so that a known view is not decoded again. */
export function createImageEncoder(parts: {
  readonly engine: EngineClient;
  readonly source: AttachmentSource;
  readonly speeds: EncoderSpeeds;
  readonly active: () => ActiveModel | null;
}): ImageEncoder {
  const { engine, source, speeds } = parts;
  const keys = new Map<string, string>();
  /** Views that a projector has encoded: its hash and the view's name. */
  const seen = new Set<string>();
  const currentEncoder = (): ReturnType<typeof encoderOf> => {
    const active = parts.active();
    return active === null ? null : encoderOf(active);
  };

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
      const encoder = currentEncoder();
      const { cached, encodeMs, setupMs } = await engine.request('image.encode', { key: view.sha256, side, rgb: view.rgb }, signal);
      keys.set(name, view.sha256);
      if (encoder !== null) {
        seen.add(seenName(encoder.projectorSha256, name));
        if (!cached) speeds.record(encoder, encodeMs - setupMs);
      }
      yield { key: view.sha256, encodeMs: cached ? 0 : encodeMs, cached };
    }
  }

  return {
    eachView,
    predictMs: (sha256, rects, side) => {
      const encoder = currentEncoder();
      if (encoder === null) return null;
      const unseen = rects.filter((rect) => !seen.has(seenName(encoder.projectorSha256, viewName(sha256, rect, side)))).length;
      const one = speeds.viewMs(encoder);
      return unseen === 0 ? 0 : one === null ? null : unseen * one;
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

function seenName(projectorSha256: string, name: string): string {
  return `${projectorSha256}/${name}`;
}
