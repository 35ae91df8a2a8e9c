import type { Rect } from '../../../electron/shared/attachments.ts';
import type { Size } from './boxes.ts';

/** Where a part of a picture is, as a style over the picture shown at any size. */
export function placement(part: Rect, { width, height }: Size) {
  return {
    left: percent(part.x, width),
    top: percent(part.y, height),
    width: percent(part.width, width),
    height: percent(part.height, height),
  };
}

function percent(part: number, whole: number): string {
  return `${(100 * part) / whole}%`;
}
