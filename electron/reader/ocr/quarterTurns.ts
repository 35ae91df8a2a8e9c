import type { Rect } from '../../shared/attachments.ts';
import type { OcrRequest } from './ocrMessages.ts';

/** A picture turned clockwise by a number of quarter turns, 0..3. */
export function turned(picture: OcrRequest, turns: number): OcrRequest {
  let current = picture;
  for (let turn = 0; turn < turns; turn += 1) current = turnedOnce(current);
  return current;
}

function turnedOnce({ width, height, grey }: OcrRequest): OcrRequest {
  const result = new Uint8Array(grey.length);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) result[x * height + (height - 1 - y)] = grey[y * width + x] ?? 255;
  return { width: height, height: width, grey: result };
}

/** Where a rectangle of a picture that was turned clockwise stands in the picture as it was, whose size is given. */
export function turnedBack<T extends Rect>(rect: T, turns: number, size: { readonly width: number; readonly height: number }): T {
  const { x, y, width, height } = rect;
  switch (turns) {
    case 1:
      return { ...rect, x: y, y: size.height - x - width, width: height, height: width };
    case 2:
      return { ...rect, x: size.width - x - width, y: size.height - y - height };
    case 3:
      return { ...rect, x: size.width - y - height, y: x, width: height, height: width };
    default:
      return rect;
  }
}
