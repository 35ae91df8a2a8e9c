import type * as PdfJsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy, TextContent } from 'pdfjs-dist/types/src/display/api.js';
import { joinAccents } from './joinAccents.ts';
import { raiseFigures } from './raiseFigures.ts';
import { closeSpacedLetters } from './spacedLetters.ts';

type PdfJs = typeof PdfJsModule;

/** A stretch of text in one font on one line, in points of the upright page; y grows downwards. */
export interface PlacedRun {
  readonly text: string;
  /** Left and right edge. */
  readonly left: number;
  readonly right: number;
  /** Of the baseline. */
  readonly baseline: number;
  /** Height of the font. */
  readonly size: number;
  readonly rightToLeft: boolean;
  /** Quarter turns clockwise from upright, 0 to below 4; a whole number but for oblique text. Coordinates are those of the page turned so that this text is upright. */
  readonly turn: number;
}

/** Shapes of Arabic letters by their place in the word, which stand for the letters themselves. */
const presentationForms = /[\ufb50-\ufdff\ufe70-\ufefc]+/g;

/** The runs of a page where they stand. White space between runs is left out; it shows as a gap. */
export function placedRuns(pdfjs: PdfJs, page: PDFPageProxy, content: TextContent): readonly PlacedRun[] {
  const viewport = page.getViewport({ scale: 1 });
  const runs: PlacedRun[] = [];
  for (const item of content.items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    const [a, b, c, d, x, y] = pdfjs.Util.transform(viewport.transform, item.transform) as [number, number, number, number, number, number];
    const size = Math.hypot(c, d);
    if (!(size > 0) || !Number.isFinite(x + y)) continue;
    // On screen y grows downwards, so text that runs down the page has been turned clockwise.
    const turn = turnOf(Math.atan2(b, a) / (Math.PI / 2));
    const [left, baseline] = turnedBack(x, y, turn);
    runs.push({
      text: item.str.replaceAll(presentationForms, (forms) => forms.normalize('NFKC')),
      left,
      right: left + item.width,
      baseline,
      size,
      rightToLeft: item.dir === 'rtl',
      turn,
    });
  }
  return raiseFigures(closeSpacedLetters(joinAccents(runs)));
}

/** A scan lies less askew than this many quarter turns; more is a watermark or the label of a drawing. */
const askew = 6 / 90;

/** In degrees where it is oblique, so that what has one direction has one number. */
function turnOf(quarters: number): number {
  const straight = Math.round(quarters);
  return ((Math.abs(quarters - straight) < askew ? straight : Math.round(quarters * 90) / 90) + 4) % 4;
}

function turnedBack(x: number, y: number, turn: number): readonly [number, number] {
  switch (turn) {
    case 1:
      return [y, -x];
    case 2:
      return [-x, -y];
    case 3:
      return [-y, x];
    case 0:
      return [x, y];
    default: {
      const angle = (turn * Math.PI) / 2;
      return [x * Math.cos(angle) + y * Math.sin(angle), y * Math.cos(angle) - x * Math.sin(angle)];
    }
  }
}
