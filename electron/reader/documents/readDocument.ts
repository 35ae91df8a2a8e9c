import { facetError } from '../../shared/errors.ts';
import { assertNever } from '../../shared/assertNever.ts';
import type { ReaderFile } from '../fileBytes.ts';
import { identifyFile } from '../identifyFile.ts';
import type { TextRecognizer } from '../ocr/createTextRecognizer.ts';
import type { ReadDocument } from '../readerContract.ts';
import { readPdf } from './pdf/readPdf.ts';
import { readPlainText } from './readPlainText.ts';

export interface ReadOptions {
  /** For a protected PDF; null for none. */
  readonly password: string | null;
  readonly signal: AbortSignal;
  /** For pages that are pictures. */
  readonly recognizer: Pick<TextRecognizer, 'recognize'>;
  /** After each page. */
  onPage(page: number, pages: number): void;
}

/**
 * Reads every page of a document. A page that cannot be read is a page with source `failed`, not an error.
 * @throws FacetError documentEmpty when no page has any text; passwordRequired; fileUnreadable; fileUnsupported; fileTooLarge; cancelled
 */
export async function readDocument(file: ReaderFile, options: ReadOptions): Promise<ReadDocument> {
  const document = await readByFormat(file, options);
  if (document.coverage.text + document.coverage.ocr === 0) throw facetError('documentEmpty', { file: file.name });
  return document;
}

async function readByFormat(file: ReaderFile, options: ReadOptions): Promise<ReadDocument> {
  const { kind, format } = await identifyFile(file);
  if (kind === 'image') throw facetError('fileUnsupported', { file: file.name, detected: format });
  switch (format) {
    case 'pdf':
      return readPdf(file, options);
    case 'text':
    case 'markdown':
      return readPlainText(file, format);
    default:
      return assertNever(format, 'document format');
  }
}
