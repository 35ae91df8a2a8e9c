import { createRequire } from 'node:module';
import path from 'node:path';
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { TestPage, TestPageRequest } from '../readerContract.ts';
import { layoutTestPage, type TestFont } from './layoutTestPage.ts';

const require = createRequire(import.meta.url);

/** Where the fonts come from, by package: DejaVu Sans (Bitstream Vera licence) and Liberation Sans (OFL). The system's fonts differ from machine to machine. */
const fontFiles: Readonly<Record<TestFont, readonly [packageName: string, file: string]>> = {
  'Test Sans': ['@fontsource/dejavu-sans', 'files/dejavu-sans-latin-400-normal.woff2'],
  'Test Sans Bold': ['@fontsource/dejavu-sans', 'files/dejavu-sans-latin-700-normal.woff2'],
  'Test Grotesque': ['pdfjs-dist', 'standard_fonts/LiberationSans-Regular.ttf'],
};

/** Draws one page of the reading test. The same request gives the same page. */
export async function drawTestPage(request: TestPageRequest): Promise<TestPage> {
  // Loaded only here: drawing is not what a reader usually does.
  const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas');
  for (const [name, [packageName, file]] of Object.entries(fontFiles)) {
    if (GlobalFonts.has(name)) continue;
    const folder = path.dirname(require.resolve(`${packageName}/package.json`));
    if (GlobalFonts.registerFromPath(path.join(folder, file), name) === null) throw new Error(`the font ${file} could not be loaded`);
  }
  const ruler = createCanvas(1, 1).getContext('2d');
  const layout = layoutTestPage(request, (text, font, em) => {
    setFont(ruler, font, em);
    return ruler.measureText(text).width;
  });
  const { width, height, em, font, paper, ink, lines } = layout;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = grey(paper);
  context.fillRect(0, 0, width, height);
  context.fillStyle = grey(ink);
  setFont(context, font, em);
  context.textBaseline = 'alphabetic';
  for (const { text, x, y } of lines) context.fillText(text, x, Math.round(y + 0.95 * em));
  const { shape, overviewEm, questions } = layout;
  return { png: canvas.toBuffer('image/png'), width, height, shape, overviewEm, questions };
}

function setFont(context: SKRSContext2D, font: TestFont, em: number): void {
  context.font = `${String(em)}px "${font}"`;
}

function grey(level: number): string {
  return `rgb(${String(level)} ${String(level)} ${String(level)})`;
}
