import { assertNever } from '../../shared/assertNever.ts';
import type { DocumentSegment } from './segments.ts';

/** A document, or excerpts of one, with beginning and end marked and pages numbered. The same document always gives the same text. */
export function delimitedDocument(document: DocumentSegment): string {
  const { name, pages, excerptOf, firstOf } = document;
  if (firstOf !== undefined) {
    const part = `${pages.length === 1 ? 'page 1' : `pages 1 to ${String(pages.length)}`} of ${String(firstOf)}; the rest has not been read yet`;
    return `Document “${name}”, ${part}:\n\n${documentBody(document)}\n\nEnd of what was read of document “${name}”.\n\n`;
  }
  if (excerptOf === undefined) {
    return `Document “${name}”, ${pageCount(pages.length)}:\n\n${documentBody(document)}\n\nEnd of document “${name}”.\n\n`;
  }
  if (pages.length === 0) return `Document “${name}”, ${pageCount(excerptOf)}. Its text is not repeated here.\n\n`;
  return (
    `Excerpts from document “${name}”, which has ${pageCount(excerptOf)}. Only these parts were chosen for the question; the rest is not shown:` +
    `\n\n${documentBody(document)}\n\nEnd of excerpts from “${name}”.\n\n`
  );
}

/** The pages' text; numbered when there are several, or when it is an excerpt. */
export function documentBody({ pages, excerptOf, firstOf }: DocumentSegment): string {
  const numbered = pages.length > 1 || excerptOf !== undefined || firstOf !== undefined;
  return pages
    .map((page) => {
      const under = page.heading === undefined || page.heading === '' ? '' : `: ${page.heading}`;
      return numbered ? `[Page ${String(page.page)}${under}]\n${pageText(page)}` : pageText(page);
    })
    .join('\n\n');
}

function pageCount(pages: number): string {
  return pages === 1 ? '1 page' : `${String(pages)} pages`;
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
