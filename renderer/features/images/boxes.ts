import type { Rect } from '../../../electron/shared/attachments.ts';

/** Upright size of a picture in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place in a picture, in its pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The least side of a box in pixels of the picture; small pictures allow less. */
export const leastSide = 16;
/** How far an arrow key moves or sizes a box, as a share of the picture's longer side. */
const keyStep = 0.02;

/** The box between two places, in whole pixels inside the picture. */
export function boxBetween(from: Place, to: Place, size: Size): Rect {
  const left = clamp(Math.floor(Math.min(from.x, to.x)), 0, size.width - 1);
  const top = clamp(Math.floor(Math.min(from.y, to.y)), 0, size.height - 1);
  const right = clamp(Math.ceil(Math.max(from.x, to.x)), left + 1, size.width);
  const bottom = clamp(Math.ceil(Math.max(from.y, to.y)), top + 1, size.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Moved as far as the picture allows, its size kept. */
export function moveBox(box: Rect, by: Place, size: Size): Rect {
  return {
    ...box,
    x: clamp(Math.round(box.x + by.x), 0, size.width - box.width),
    y: clamp(Math.round(box.y + by.y), 0, size.height - box.height),
  };
}

/** Made larger or smaller at its lower right corner. */
export function sizeBox(box: Rect, by: Place, size: Size): Rect {
  return {
    ...box,
    width: clamp(Math.round(box.width + by.x), least(size.width, box.x), size.width - box.x),
    height: clamp(Math.round(box.height + by.y), least(size.height, box.y), size.height - box.y),
  };
}

/** A box to begin with where there is no pointer: the middle half of the picture. */
export function middleBox({ width, height }: Size): Rect {
  return boxBetween({ x: width / 4, y: height / 4 }, { x: (3 * width) / 4, y: (3 * height) / 4 }, { width, height });
}

/** What an arrow key does to a box; null for other keys. With Shift it sizes, alone it moves. */
export function boxAfterKey(box: Rect, key: string, shift: boolean, size: Size): Rect | null {
  const step = Math.max(1, Math.round(keyStep * Math.max(size.width, size.height)));
  const by = arrows[key];
  if (by === undefined) return null;
  const scaled = { x: by.x * step, y: by.y * step };
  return shift ? sizeBox(box, scaled, size) : moveBox(box, scaled, size);
}

const arrows: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function least(whole: number, start: number): number {
  return Math.min(leastSide, whole - start);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
