import type { PageWord } from '../../../shared/documents.ts';
import type { PagePart } from './blockContents.ts';
import { helveticaWidth } from './helveticaWidths.ts';
import type { PlacedRun } from './placedRuns.ts';

/** A word and its place, not yet found in the text. */
export type PlacedWord = Omit<PageWord, 'start' | 'end'>;

/** Of the font size: letters reach about this far above the baseline and below it. */
const ascent = 0.8;
const descent = 0.22;

/**
 * The words of a page in reading order. A PDF says where a run of text begins and ends; a word inside it stands where its share of the run's width lies,
 * which is right to a fraction of a letter.
 */
export function placedWords(parts: readonly PagePart[]): readonly PlacedWord[] {
  return parts.flatMap(({ runs }) => runs.flatMap((line) => mergePieces(line.flatMap(wordsOfRun))));
}

interface Piece {
  readonly word: PlacedWord;
  /** Whether it touches the end or the beginning of its run, so that it may go on in the next one. */
  readonly opensRun: boolean;
  readonly closesRun: boolean;
  readonly run: PlacedRun;
  readonly left: number;
  readonly right: number;
}

function wordsOfRun(run: PlacedRun): readonly Piece[] {
  const whole = helveticaWidth(run.text);
  const scale = whole === 0 ? 0 : (run.right - run.left) / whole;
  return [...run.text.matchAll(/\S+/g)].map((match) => {
    const before = helveticaWidth(run.text.slice(0, match.index)) * scale;
    const width = helveticaWidth(match[0]) * scale;
    const left = run.rightToLeft ? run.right - before - width : run.left + before;
    return {
      word: placed(match[0], run, left, left + width),
      opensRun: match.index === 0,
      closesRun: match.index + match[0].length === run.text.length,
      run,
      left,
      right: left + width,
    };
  });
}

/** Programs write a word in several runs (kerning, a change of font): pieces without a gap are one word. */
function mergePieces(pieces: readonly Piece[]): readonly PlacedWord[] {
  const words: PlacedWord[] = [];
  let before: Piece | null = null;
  for (const piece of pieces) {
    const last = words.at(-1);
    const gap = before === null ? Infinity : Math.max(piece.left - before.right, before.left - piece.right);
    if (last !== undefined && before?.closesRun === true && piece.opensRun && before.run !== piece.run && gap <= 0.15 * piece.run.size) {
      words[words.length - 1] = { text: last.text + piece.word.text, ...around(last, piece.word) };
    } else words.push(piece.word);
    before = piece;
  }
  return words;
}

function around(a: PlacedWord, b: PlacedWord): Omit<PlacedWord, 'text'> {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

/** Coordinates of a turned run are those of the page turned upright for it; here they are turned back. */
function placed(text: string, run: PlacedRun, left: number, right: number): PlacedWord {
  const top = run.baseline - ascent * run.size;
  const bottom = run.baseline + descent * run.size;
  switch (run.turn) {
    case 1:
      return { text, x: -bottom, y: left, width: bottom - top, height: right - left };
    case 2:
      return { text, x: -right, y: -bottom, width: right - left, height: bottom - top };
    case 3:
      return { text, x: top, y: -right, width: bottom - top, height: right - left };
    case 0:
      return { text, x: left, y: top, width: right - left, height: bottom - top };
    default:
      return { text, ...boxAround(left, top, right, bottom, (run.turn * Math.PI) / 2) };
  }
}

/** The upright box around an oblique one. */
function boxAround(left: number, top: number, right: number, bottom: number, angle: number): Omit<PlacedWord, 'text'> {
  const corners = [left, right].flatMap((along) =>
    [top, bottom].map((down) => ({
      x: along * Math.cos(angle) - down * Math.sin(angle),
      y: along * Math.sin(angle) + down * Math.cos(angle),
    })),
  );
  const x = Math.min(...corners.map((corner) => corner.x));
  const y = Math.min(...corners.map((corner) => corner.y));
  return { x, y, width: Math.max(...corners.map((corner) => corner.x)) - x, height: Math.max(...corners.map((corner) => corner.y)) - y };
}
