import type { Rect } from '../../shared/attachments.ts';
import type { TextPiece } from './findTextPieces.ts';

/** Paper around the text, as a share of its type's size. */
const margin = 0.4;

/** The rectangle around all pieces of text; null without any. */
export function textArea(pieces: readonly TextPiece[], width: number, height: number): Rect | null {
  if (pieces.length === 0) return null;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const { box, em } of pieces) {
    const around = Math.round(margin * em);
    left = Math.min(left, box.x - around);
    right = Math.max(right, box.x + box.width + around);
    top = Math.min(top, box.y - around);
    bottom = Math.max(bottom, box.y + box.height + around);
  }
  const x = Math.max(0, left);
  const y = Math.max(0, top);
  return { x, y, width: Math.min(width, right) - x, height: Math.min(height, bottom) - y };
}
