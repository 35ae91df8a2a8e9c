import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfJs } from './openPdf.ts';

/** Text rendering modes that paint nothing: 3, and 7, which only clips (PDF 1.7, table 106). */
const unpainted: readonly number[] = [3, 7];
/** The text of a scan is a layer that nobody sees; a stamp or a page number on it may be seen. */
const layerShare = 0.8;

/**
 * Whether nearly all letters of a page are drawn invisibly, as programs put them under or over a scanned page.
 * @param document opened without its pictures, which would cost more than all else
 */
export async function isTextLayer(pdfjs: PdfJs, document: PDFDocumentProxy, pageNumber: number): Promise<boolean> {
  const page = await document.getPage(pageNumber);
  try {
    const { fnArray, argsArray } = await page.getOperatorList();
    return hiddenShare(pdfjs.OPS, fnArray, argsArray) >= layerShare;
  } finally {
    page.cleanup();
  }
}

function hiddenShare(OPS: PdfJs['OPS'], operations: readonly number[], operands: readonly unknown[]): number {
  let mode = 0;
  let hidden = 0;
  let all = 0;
  const saved: number[] = [];
  for (const [index, operation] of operations.entries()) {
    const [first] = (operands[index] ?? []) as readonly unknown[];
    if (operation === OPS.save) saved.push(mode);
    else if (operation === OPS.restore) mode = saved.pop() ?? 0;
    else if (operation === OPS.setTextRenderingMode && typeof first === 'number') mode = first;
    else if (operation === OPS.showText && Array.isArray(first)) {
      // Numbers between the glyphs move the pen.
      const glyphs = first.filter((glyph) => typeof glyph === 'object').length;
      all += glyphs;
      if (unpainted.includes(mode)) hidden += glyphs;
    }
  }
  return all === 0 ? 0 : hidden / all;
}
