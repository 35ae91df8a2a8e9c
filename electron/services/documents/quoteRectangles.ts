import type { PageWord } from '../../shared/documents.ts';
import type { Rect } from '../../shared/attachments.ts';

/** Rectangles over the words of a stretch of the page's text, one for each line of it. `start` and `end` in UTF-16 units of the text. */
export function quoteRectangles(words: readonly PageWord[], start: number, end: number): readonly Rect[] {
  const lines: Rect[] = [];
  for (const word of words) {
    if (word.end <= start || word.start >= end) continue;
    const last = lines.at(-1);
    if (last !== undefined && sameLine(last, word)) lines[lines.length - 1] = around(last, word);
    else lines.push({ x: word.x, y: word.y, width: word.width, height: word.height });
  }
  return lines;
}

/** Words of a line overlap in height by half at least, and stand close together (in another column they do not). Turned text goes the other way. */
function sameLine(line: Rect, word: Rect): boolean {
  const type = Math.min(Math.min(line.width, line.height), Math.min(word.width, word.height));
  const beside = overlap(line.y, line.height, word.y, word.height) && gap(line.x, line.width, word.x, word.width) < 2 * type;
  const below = overlap(line.x, line.width, word.x, word.width) && gap(line.y, line.height, word.y, word.height) < type;
  return beside || (below && line.height > line.width && word.height > word.width);
}

function overlap(from: number, length: number, otherFrom: number, otherLength: number): boolean {
  const shared = Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);
  return shared >= 0.5 * Math.min(length, otherLength);
}

function gap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.max(otherFrom - (from + length), from - (otherFrom + otherLength));
}

function around(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}
