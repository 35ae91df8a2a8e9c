import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { RgbPixels } from '../images/resampleBilinear.ts';

/** Longer side of a page drawn for the recogniser, in pixels: A4 at 200 dots per inch. */
const pageSide = 2_339;

/** The page as it looks, without colour profiles, on white. */
export async function renderPdfPage(page: PDFPageProxy): Promise<RgbPixels> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: pageSide / Math.max(natural.width, natural.height) });
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
