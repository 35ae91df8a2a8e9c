import { facetError } from '../../shared/errors.ts';
import { assertNever } from '../../shared/assertNever.ts';
import type { ReaderFile } from '../fileBytes.ts';
import { identifyFile, type DocumentFormat } from '../identifyFile.ts';
import type { ReadDocument } from '../readerContract.ts';
import { readerLimits } from '../readerLimits.ts';
import { coverageOf } from '../../shared/pageCoverage.ts';
import { readMail } from './mail/readMail.ts';
import { readHtml } from './markup/readHtml.ts';
import { readDocx } from './office/readDocx.ts';
import { readOdp, readOdt } from './office/readOdf.ts';
import { readPptx } from './office/readPptx.ts';
import { readEpub } from './package/readEpub.ts';
import { readPageOf } from './pageContent.ts';
import { readPdf } from './pdf/readPdf.ts';
import type { Extracted, ReadOptions } from './readOptions.ts';
import { readCsv } from './spreadsheet/readCsv.ts';
import { readOds } from './spreadsheet/readOds.ts';
import { readXlsx } from './spreadsheet/readXlsx.ts';
import { isCodeLanguage } from './text/codeLanguages.ts';
import { readPlainText } from './text/readPlainText.ts';
import { readRtf } from './text/readRtf.ts';
import { readTiff } from './tiff/readTiff.ts';

/**
 * Reads every page of a document. A page that cannot be read is a page with source `failed`, not an error.
 * @throws FacetError documentEmpty when no page has any text; passwordRequired; fileUnreadable; fileUnsupported; fileTooLarge; cancelled
 */
export async function readDocument(file: ReaderFile, options: ReadOptions): Promise<ReadDocument> {
  const { kind, format } = await identifyFile(file);
  if (kind === 'image') throw facetError('fileUnsupported', { file: file.name, detected: format });
  const document = await read(file, format, options);
  if (document.coverage.text + document.coverage.ocr === 0) throw facetError('documentEmpty', { file: file.name });
  return document;
}

async function read(file: ReaderFile, format: DocumentFormat, options: ReadOptions): Promise<ReadDocument> {
  if (format === 'pdf') return readPdf(file, options);
  if (format === 'multipage-tiff') return readTiff(file, options);
  return documentOf(file, format, await extract(file, format, options));
}

function documentOf(file: ReaderFile, format: DocumentFormat, { title, pages, warnings }: Extracted): ReadDocument {
  if (pages.length > readerLimits.pages)
    throw facetError('fileTooLarge', { file: file.name, unit: 'pages', limit: readerLimits.pages, actual: pages.length });
  const read = pages.map((content, index) => readPageOf(index + 1, content));
  return { format, title, pages: read, coverage: coverageOf(read), warnings };
}

async function extract(
  file: ReaderFile,
  format: Exclude<DocumentFormat, 'pdf' | 'multipage-tiff'>,
  options: ReadOptions,
): Promise<Extracted> {
  if (isCodeLanguage(format)) return readPlainText(file, format);
  switch (format) {
    case 'text':
    case 'markdown':
      return readPlainText(file, format);
    case 'docx':
      return readDocx(file, options);
    case 'xlsx':
      return readXlsx(file, options);
    case 'pptx':
      return readPptx(file, options);
    case 'odt':
      return readOdt(file, options);
    case 'ods':
      return readOds(file, options);
    case 'odp':
      return readOdp(file, options);
    case 'epub':
      return readEpub(file, options);
    case 'html':
      return readHtml(file);
    case 'rtf':
      return readRtf(file, options);
    case 'eml':
    case 'mbox':
      return readMail(file, format, options);
    case 'csv':
    case 'tsv':
      return readCsv(file, format);
    default:
      return assertNever(format, 'document format');
  }
}
