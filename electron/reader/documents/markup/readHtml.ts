import { unreadable, readWholeFile, type ReaderFile } from '../../fileBytes.ts';
import { readerLimits } from '../../readerLimits.ts';
import { createDocumentWriter, oneLine } from '../documentWriter.ts';
import type { Extracted } from '../readOptions.ts';
import { decodeMarkup } from './decodeMarkup.ts';
import { allNamed, MarkupLimitError, parseMarkup, textOf } from './parseMarkup.ts';
import { writeHtml } from './writeHtml.ts';

/** A web page as one page of text, without its scripts, styles and navigation. @throws FacetError fileUnreadable, fileTooLarge */
export async function readHtml(file: ReaderFile): Promise<Extracted> {
  const text = decodeMarkup(await readWholeFile(file, readerLimits.textBytes));
  try {
    const root = parseMarkup(text, 'html');
    const writer = createDocumentWriter();
    writeHtml(root, writer);
    return { title: oneLine(textOf(allNamed(root, 'title')[0])), pages: writer.finish(), warnings: [] };
  } catch (error) {
    if (error instanceof MarkupLimitError) throw unreadable(file, error.message, error);
    throw error;
  }
}
