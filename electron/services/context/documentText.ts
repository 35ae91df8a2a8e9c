import { assertNever } from '../../shared/assertNever.ts';
import type { DocumentSegment } from './segments.ts';

/** A document with its beginning and its end marked and its pages numbered. The same document always gives the same text. */
export function delimitedDocument(document: DocumentSegment): string {
  const pages = document.pages.length === 1 ? '1 page' : `${String(document.pages.length)} pages`;
  return `Document “${document.name}”, ${pages}:\n\n${documentBody(document)}\n\nEnd of document “${document.name}”.\n\n`;
}

/** The pages' text; numbered when there are several. */
export function documentBody({ pages }: DocumentSegment): string {
  const numbered = pages.length > 1;
  return pages.map((page) => (numbered ? `[Page ${String(page.page)}]\n${pageText(page)}` : pageText(page))).join('\n\n');
}

/** A page without text says why, so that its absence can be told. */
function pageText({ source, text }: DocumentSegment['pages'][number]): string {
  switch (source) {
    case 'text':
    case 'ocr':
    case 'vision':
      return text.trim();
    case 'blank':
      return '(this page has no text)';
    case 'failed':
      return '(this page could not be read)';
    default:
      return assertNever(source, 'page source');
  }
}
