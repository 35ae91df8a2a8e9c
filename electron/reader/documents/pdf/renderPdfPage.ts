import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { RgbPixels } from '../../images/resampleBilinear.ts';

/** Longer side of a page drawn for the recogniser, in pixels: A4 at 200 dots per inch. */
export const recognizedSide = 2_339;

/** The page as it looks, without colour profiles, on white; `scale` is pixels per point. */
export async function renderPdfPage(page: PDFPageProxy, scale: number): Promise<RgbPixels> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const viewport = page.getViewport({ scale });
  const width = Math.max(1, Math.round(viewport.width));
  const height = Math.max(1, Math.round(viewport.height));
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  // The library's canvas is the one that pdf.js itself uses outside a browser; its types name the browser's.
  await page.render({ canvas: null, canvasContext: context as never, viewport, background: 'white' }).promise;
  const { data } = context.getImageData(0, 0, width, height);
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) rgb.set(data.subarray(from, from + 3), to);
  return { width, height, rgb };
}

/** Pixels per point at which a page is drawn for the recogniser. */
export function recognizerScale(page: PDFPageProxy): number {
  const { width, height } = page.getViewport({ scale: 1 });
  return recognizedSide / Math.max(width, height);
}
