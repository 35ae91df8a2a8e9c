import type * as PdfJsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

type PdfJs = typeof PdfJsModule;

/** What a page draws besides text. */
export async function pagePaints(pdfjs: PdfJs, page: PDFPageProxy): Promise<'images' | 'shapes' | 'nothing'> {
  const { OPS } = pdfjs;
  const images = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintImageMaskXObject,
    OPS.paintImageMaskXObjectGroup,
    OPS.paintImageMaskXObjectRepeat,
    OPS.paintImageXObjectRepeat,
    OPS.paintInlineImageXObject,
    OPS.paintInlineImageXObjectGroup,
  ]);
  const shapes = new Set<number>([OPS.constructPath, OPS.shadingFill, OPS.rawFillPath, OPS.showText]);
  const { fnArray } = await page.getOperatorList();
  if (fnArray.some((operation) => images.has(operation))) return 'images';
  return fnArray.some((operation) => shapes.has(operation)) ? 'shapes' : 'nothing';
}
