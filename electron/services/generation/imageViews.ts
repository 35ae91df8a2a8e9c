import type { Rect } from '../../shared/attachments.ts';
import type { AttachmentUse } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import { isPrivateId } from '../../shared/privateIds.ts';
import type { ViewReceipt } from '../../shared/generation.ts';
import type { ImageSegment } from '../context/segments.ts';
import type { AttachmentSource } from './attachmentSource.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { EncodedViews, NamedView } from '../images/encodedViews.ts';
import type { EncoderSpeeds } from '../images/encoderSpeeds.ts';
import type { CropLimit } from '../images/lessDetail.ts';
import type { UsePlace } from '../images/viewPlanStore.ts';
import { encoderOf } from './encoderOf.ts';
import type { ActiveModel } from './modelHost.ts';
import type { ImageInput } from './readInputs.ts';

/** In place of a projector's hash that is not known yet: what its views are is worth remembering all the same. */
const unknownProjector = '';

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

export interface EncodeOptions {
  readonly signal: AbortSignal;
  /** Called before each view that may need the encoder. */
  readonly looking: (name: string, view: number, views: number) => void;
}

/** A view that is in the engine now. */
export interface EncodedView extends ViewReceipt {
  readonly key: string;
}

export interface EncodePrediction {
  /** Views that need no encoding any more. */
  readonly ready: number;
  /** Milliseconds for the others; null while this encoder was never measured. */
  readonly ms: number | null;
}

export interface ImageEncoder {
  /**
   * Makes and encodes the views that the engine does not have.
   * @throws FacetError of the reader or the engine, cancelled
   */
  encode(planned: PlannedImage, side: number, options: EncodeOptions): Promise<EncodedImage>;
  /** The same view by view, in the order of the rectangles; whoever asks may stop after any. */
  eachView(planned: PlannedImage, side: number, options: EncodeOptions): AsyncGenerator<EncodedView, void, undefined>;
  /** Views by their keys where those are known, and by names of their own otherwise: enough to count and to plan, not to run. */
  segment(planned: PlannedImage, side: number): ImageSegment;
  /** What is left to encode of these views for the model in use. */
  predict(contentSha256: string, rects: readonly (Rect | null)[], side: number): EncodePrediction;
}

/** A view that was encoded once is found by its name, so that it is not even decoded again. */
export function createImageEncoder(parts: {
  readonly engine: EngineClient;
  readonly source: AttachmentSource;
  readonly speeds: EncoderSpeeds;
  readonly encodedViews: EncodedViews;
  readonly active: () => ActiveModel | null;
}): ImageEncoder {
  const { engine, source, speeds, encodedViews } = parts;
  const currentEncoder = (): ReturnType<typeof encoderOf> => {
    const active = parts.active();
    return active === null ? null : encoderOf(active);
  };

  /** For each view its key when the engine has it, else null. */
  const knownKeys = async (views: readonly NamedView[], signal: AbortSignal): Promise<readonly (string | null)[]> => {
    const keys = views.map((view) => encodedViews.key(view));
    const remembered = keys.filter((key) => key !== null);
    if (remembered.length === 0) return keys;
    const { known } = await engine.request('image.known', { keys: remembered }, signal);
    const there = new Set(remembered.filter((_, index) => known[index] === true));
    return keys.map((key) => (key !== null && there.has(key) ? key : null));
  };

  async function* eachView(
    { input: { attachment }, rects }: PlannedImage,
    side: number,
    { signal, looking }: EncodeOptions,
  ): AsyncGenerator<EncodedView, void, undefined> {
    const wanted = rects.map((rect) => ({ contentSha256: attachment.sha256, rect, side }));
    const known = await knownKeys(wanted, signal);
    const missing = rects.filter((_, index) => known[index] === null);
    const made = missing.length === 0 ? [] : [...(await source.views(attachment.id, missing, side, signal))];
    for (const [index, named] of wanted.entries()) {
      if (signal.aborted) throw facetError('cancelled', {});
      const encoder = currentEncoder();
      const key = known[index] ?? null;
      if (key !== null) {
        encodedViews.add(named, encoder?.projectorSha256 ?? unknownProjector, key);
        yield { key, encodeMs: 0, cached: true };
        continue;
      }
      if (encoder !== null) encodedViews.forget(named, encoder.projectorSha256);
      const view = made.shift();
      if (view === undefined) throw facetError('internal', { message: `The reader gave too few views of ${attachment.name}.` });
      looking(attachment.name, index + 1, wanted.length);
      const { cached, encodeMs, setupMs } = await engine.request(
        'image.encode',
        { key: view.sha256, side, rgb: view.rgb, keep: !isPrivateId(attachment.id) },
        signal,
      );
      encodedViews.add(named, encoder?.projectorSha256 ?? unknownProjector, view.sha256);
      // It may have moved to the CPU with this view, whose time says nothing then.
      if (encoder !== null && !cached && currentEncoder()?.backend === encoder.backend) speeds.record(encoder, encodeMs - setupMs);
      yield { key: view.sha256, encodeMs: cached ? 0 : encodeMs, cached };
    }
  }

  return {
    eachView,
    segment: ({ input: { attachment }, rects }, side) => ({
      attachmentId: attachment.id,
      viewKeys: rects.map(
        (rect, index) => encodedViews.key({ contentSha256: attachment.sha256, rect, side }) ?? `${attachment.sha256}-${String(index)}`,
      ),
    }),
    predict: (contentSha256, rects, side) => {
      const encoder = currentEncoder();
      if (encoder === null) return { ready: 0, ms: null };
      const ready = rects.filter((rect) => encodedViews.isEncoded({ contentSha256, rect, side }, encoder.projectorSha256)).length;
      const one = speeds.viewMs(encoder);
      return { ready, ms: ready === rects.length ? 0 : one === null ? null : (rects.length - ready) * one };
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
