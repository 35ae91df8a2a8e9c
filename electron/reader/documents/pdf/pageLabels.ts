import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { cleanText } from '../cleanText.ts';
import { oneLine } from '../documentWriter.ts';

/** A longer label is none that is printed on a page. */
const longestLabel = 24;

/**
 * The page numbers that a PDF says are printed on its pages, `viii` or `A-3`, in the order of the pages; undefined for a page whose own is its number in
 * the file. Empty for a file that says nothing of them, or nothing that can be read.
 */
export async function pageLabels(document: PDFDocumentProxy): Promise<readonly (string | undefined)[]> {
  const labels = await document.getPageLabels().catch(() => null);
  return (labels ?? []).map((raw, index) => {
    const label = oneLine(cleanText(raw).text);
    return label === '' || label === String(index + 1) || label.length > longestLabel ? undefined : label;
  });
}
