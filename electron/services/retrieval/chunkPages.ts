import { type Heading, findHeading } from './findHeading.ts';

/** Length at which a chunk is closed, in characters: about 200 tokens, so that a dozen fit a small context. */
const targetLength = 800;
/** A section shorter than this goes on into the next, in characters. */
const leastLength = 240;
/** Longest piece that is not cut, in characters. */
const longestPiece = 1_200;

/** A part of one page that says one thing. */
export interface Chunk {
  /** Counted from 1. */
  readonly page: number;
  /** Of the page's text, in UTF-16 units, `end` excluded. */
  readonly start: number;
  readonly end: number;
  /** The headings it stands under, outermost first, joined by “ › ”; empty for none. */
  readonly heading: string;
}

export interface PageToChunk {
  readonly page: number;
  readonly text: string;
  /** The reader's own headings of this page; those written in the text are found where there are none. */
  readonly headings?: readonly (Heading & { readonly offset: number })[];
}

interface Piece {
  readonly start: number;
  readonly end: number;
  /** When it opens a section. */
  readonly heading: Heading | null;
}

/** Cuts pages into chunks at headings and between paragraphs, in order. Every character that is not white space is in exactly one chunk. */
export function chunkPages(pages: readonly PageToChunk[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let path: readonly Heading[] = [];
  for (const page of pages) {
    const ofPage: Chunk[] = [];
    for (const { start, end, heading } of piecesOf(page)) {
      if (heading !== null) path = [...path.filter(({ level }) => level < heading.level), heading];
      const last = ofPage.at(-1);
      const short = last !== undefined && last.end - last.start < leastLength;
      const fits = last !== undefined && heading === null && end - last.start <= targetLength;
      if (last !== undefined && (short || fits)) ofPage[ofPage.length - 1] = { ...last, end };
      else ofPage.push({ page: page.page, start, end, heading: path.map(({ text }) => text).join(' › ') });
    }
    chunks.push(...ofPage);
  }
  return chunks;
}

/** Headings and paragraphs, with long ones cut between lines or words. Blank ones are left out. */
function piecesOf({ text, headings }: PageToChunk): readonly Piece[] {
  const pieces: Piece[] = [];
  const known = headings ?? [];
  const lines = linesOf(text);
  let start = 0;
  const endParagraph = (end: number): void => {
    while (start < end) {
      const to = cutAt(text, start, end);
      if (text.slice(start, to).trim() !== '') pieces.push({ start, end: to, heading: null });
      start = to;
    }
  };
  for (const [index, line] of lines.entries()) {
    const shown = text.slice(line.start, line.end).trim();
    const next = lines[index + 1];
    const below = next === undefined ? '' : text.slice(next.start, next.end);
    const heading =
      known.length > 0 ? (known.find(({ offset }) => offset >= line.start && offset < line.end) ?? null) : findHeading(shown, below);
    if (heading !== null) {
      endParagraph(line.start);
      pieces.push({ start: line.start, end: line.end, heading });
      start = line.end;
    } else if (shown === '') endParagraph(line.end);
  }
  endParagraph(text.length);
  return pieces;
}

function linesOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  const lines: { start: number; end: number }[] = [];
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found + 1;
    lines.push({ start, end });
    start = end;
  }
  return lines;
}

/** Where a piece that begins at `from` ends: at `end`, or before it after a line, a sentence or a word. */
function cutAt(text: string, from: number, end: number): number {
  if (end - from <= longestPiece) return end;
  const window = text.slice(from, from + targetLength);
  for (const mark of ['\n', '. ', ' ']) {
    const found = window.lastIndexOf(mark);
    if (found >= targetLength / 2) return from + found + mark.length;
  }
  // Not between the two halves of a character.
  return from + (/[\uD800-\uDBFF]$/.test(window) ? targetLength - 1 : targetLength);
}
