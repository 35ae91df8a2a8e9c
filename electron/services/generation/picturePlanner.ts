import type { Rect } from '../../shared/attachments.ts';
import type { AttachmentUse, Message } from '../../shared/conversations.ts';
import { cropsInTime } from '../images/cropBudget.ts';
import type { EncoderSpeeds } from '../images/encoderSpeeds.ts';
import { mostAutoCrops } from '../images/planViews.ts';
import type { UsePlace, ViewPlanStore } from '../images/viewPlanStore.ts';
import { viewTokens } from '../images/viewTokens.ts';
import type { AttachmentSource } from './attachmentSource.ts';
import { encoderOf } from './encoderOf.ts';
import type { PlannedImage } from './imageViews.ts';
import type { ActiveModel } from './modelHost.ts';
import type { ImageInput, Inputs } from './readInputs.ts';

/** Decides where pictures are cut. What was once read of a message stays as it was, so that its prompt does too. */
export interface PicturePlanner {
  /** Each use of a picture in these messages, in order. */
  inMessages(path: readonly Message[], inputs: Inputs, active: ActiveModel): readonly PlannedImage[];
  /** A use that is in no message yet. */
  ofUse(use: AttachmentUse, input: ImageInput, active: ActiveModel): PlannedImage;
  /** The crops of a picture that the next question is to use; without a model for the side given. */
  crops(use: AttachmentUse, active: ActiveModel | null, side: number): readonly Rect[];
  /** The same pictures with so many fewer tokens, as far as mode `auto` can do without crops; the very same list when it cannot. */
  withFewerTokens(planned: readonly PlannedImage[], tokens: number, active: ActiveModel): readonly PlannedImage[];
  /** Remembers how the pictures of sent messages are cut. */
  keep(planned: readonly PlannedImage[], active: ActiveModel): void;
}

export function createPicturePlanner(parts: {
  readonly source: Pick<AttachmentSource, 'plan'>;
  readonly plans: ViewPlanStore;
  readonly speeds: Pick<EncoderSpeeds, 'viewMs'>;
}): PicturePlanner {
  const { source, plans, speeds } = parts;
  /** Crops in time, as they were when a picture was first planned: the plan that is shown and prepared is the one that is sent. */
  const timeBudgets = new Map<string, number>();

  const timeBudget = (attachmentId: string, active: ActiveModel): number => {
    const encoder = encoderOf(active);
    if (encoder === null) return mostAutoCrops;
    const key = [attachmentId, encoder.projectorSha256, encoder.backend].join('/');
    const budget = timeBudgets.get(key) ?? cropsInTime(speeds.viewMs(encoder));
    timeBudgets.set(key, budget);
    return budget;
  };
  const cut = ({ attachmentId, panScan, regions }: AttachmentUse, side: number, mostCrops: number): readonly Rect[] =>
    source.plan(attachmentId, panScan, regions, side, mostCrops).crops;

  const planUse = (use: AttachmentUse, input: ImageInput, active: ActiveModel, place: UsePlace | null): PlannedImage => {
    const side = sideOf(active);
    const kept = place === null || use.panScan !== 'auto' ? null : plans.get(place, side);
    if (kept !== null) return planned({ input, use, place, crops: kept, isKept: true, limit: null });
    const crops = cut(use, side, timeBudget(use.attachmentId, active));
    const isLimited = crops.length < cut(use, side, mostAutoCrops).length;
    return planned({ input, use, place, crops, isKept: false, limit: isLimited ? 'time' : null });
  };

  return {
    inMessages: (path, inputs, active) =>
      path.flatMap((message) =>
        message.role !== 'user'
          ? []
          : message.attachments.flatMap((use, position) => {
              const input = inputs.get(use.attachmentId);
              return input?.kind === 'image' ? [planUse(use, input, active, { messageId: message.id, position })] : [];
            }),
      ),
    ofUse: (use, input, active) => planUse(use, input, active, null),
    crops: (use, active, side) => cut(use, side, active === null ? mostAutoCrops : timeBudget(use.attachmentId, active)),
    withFewerTokens: (images, tokens, active) => {
      const softTokens = active.loaded.vision?.tokens ?? 0;
      const fewer = [...images];
      for (let left = tokens; left > 0;) {
        const index = mostCropped(fewer);
        const image = fewer[index];
        if (image === undefined) break;
        const crops = cut(image.use, sideOf(active), image.crops.length - 1);
        fewer[index] = planned({ ...image, crops, limit: 'context' });
        left -= viewTokens(image.crops.length, softTokens) - viewTokens(crops.length, softTokens);
      }
      return fewer.every((image, index) => image === images[index]) ? images : fewer;
    },
    keep: (images, active) => {
      for (const { use, place, crops, isKept } of images) {
        if (place !== null && !isKept && use.panScan === 'auto') plans.keep(place, sideOf(active), crops);
      }
    },
  };
}

function sideOf(active: ActiveModel): number {
  return active.loaded.vision?.side ?? 0;
}

function planned(image: Omit<PlannedImage, 'rects'>): PlannedImage {
  return { ...image, rects: [null, ...image.crops] };
}

/** Of those whose plan is still open, the one with the most crops, the newest of as many; -1 when none has any. */
function mostCropped(images: readonly PlannedImage[]): number {
  let found = -1;
  for (const [index, { use, isKept, crops }] of images.entries()) {
    if (isKept || use.panScan !== 'auto' || crops.length === 0) continue;
    if (crops.length >= (images[found]?.crops.length ?? 0)) found = index;
  }
  return found;
}
