import { mostAutoCrops } from './planViews.ts';

/** How long encoding one picture may take in mode `auto`, in milliseconds: what people wait for fine print, most of it while they type. */
export const patienceMs = 120_000;
/** However slow the machine is: the fewest crops that show any text larger than the whole picture does. */
const leastCrops = 2;

/** Crops of one picture that can be encoded in time, besides the view of the whole. @param viewMs null while not measured: then time is no reason to see less */
export function cropsInTime(viewMs: number | null): number {
  if (viewMs === null) return mostAutoCrops;
  return Math.min(mostAutoCrops, Math.max(leastCrops, Math.floor(patienceMs / viewMs) - 1));
}
