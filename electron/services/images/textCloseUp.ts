import type { InkProfile } from '../../reader/readerContract.ts';
import type { Rect } from '../../shared/attachments.ts';

/** Text that is spread over more of the picture than this is not looked at more closely than the picture. */
const mostOfPicture = 0.8;

export interface PictureWithText {
  readonly width: number;
  readonly height: number;
  readonly textArea: Rect;
  /** Of the ink profile. */
  readonly scale: number;
  /** Of the close-up, in pixels. */
  readonly leastSide: number;
}

/** The part of a picture that has its text, in whole samples of the profile; null when that is most of the picture. */
export function textCloseUp({ width, height, textArea, scale, leastSide }: PictureWithText): Rect | null {
  const [left, right] = widened(textArea.x, textArea.x + textArea.width, leastSide, width, scale);
  const [top, bottom] = widened(textArea.y, textArea.y + textArea.height, leastSide, height, scale);
  const area = { x: left, y: top, width: right - left, height: bottom - top };
  return area.width * area.height > mostOfPicture * width * height ? null : area;
}

/** The stretch around its own middle, moved inside the picture where it would leave it. */
function widened(start: number, end: number, least: number, length: number, scale: number): readonly [number, number] {
  const more = Math.max(0, least - (end - start)) / 2;
  const over = Math.max(0, end + more - length);
  const under = Math.max(0, more - start);
  const from = Math.max(0, start - more - over);
  const to = Math.min(length, end + more + under);
  return [Math.floor(from / scale) * scale, Math.min(length, Math.ceil(to / scale) * scale)];
}

/** The profile of a part of a picture that begins at a whole sample. */
export function inkWithin({ rows, columns, scale, ...rest }: InkProfile, { x, y, width, height }: Rect): InkProfile {
  const slice = (ink: readonly number[], start: number, length: number): readonly number[] =>
    ink.slice(start / scale, Math.ceil((start + length) / scale));
  return { ...rest, scale, rows: slice(rows, y, height), columns: slice(columns, x, width) };
}
