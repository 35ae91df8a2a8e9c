import { type Room } from '../context/usage.ts';
import { lessDetail } from '../images/lessDetail.ts';
import type { PlannedImage } from './imageViews.ts';
import type { ActiveModel } from './modelHost.ts';
import type { PicturePlanner } from './picturePlanner.ts';
import type { PlannedContext } from './planContext.ts';

/**
 * Takes crops away from pictures in mode `auto` until the prompt fits into its room, or none is left to take.
 * @param count writes and counts the prompt with these pictures
 */
export async function fitPictures(
  images: readonly PlannedImage[],
  options: {
    readonly planner: PicturePlanner;
    readonly active: ActiveModel;
    readonly room: Room;
    readonly count: (images: readonly PlannedImage[]) => Promise<PlannedContext>;
  },
): Promise<{ readonly images: readonly PlannedImage[]; readonly counted: PlannedContext }> {
  const { planner, active, room, count } = options;
  for (let current = images; ;) {
    const counted = await count(current);
    const excess = counted.usage.total + room.answerRoom - room.contextTokens;
    const fewer = excess <= 0 ? current : planner.withFewerTokens(current, excess, active);
    if (fewer === current) return { images: current, counted };
    current = fewer;
  }
}

/** What the user should know about crops that were left out. */
export function cropWarnings(images: readonly PlannedImage[]): readonly string[] {
  return images.flatMap(({ input, limit }) => {
    return limit === null ? [] : [`${input.attachment.name}: ${lessDetail(limit, 'draw a box to read a part of it')}`];
  });
}
