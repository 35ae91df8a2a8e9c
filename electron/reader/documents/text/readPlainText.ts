import { readWholeFile, type ReaderFile } from '../../fileBytes.ts';
import type { ReadDocument } from '../../readerContract.ts';
import { readerLimits } from '../../readerLimits.ts';
import { coverageOf } from './coverage.ts';
import { decodeText, type TextEncoding } from './decodeText.ts';
import { readPageOf, textContent } from './pageContent.ts';

/**
 * A text or Markdown file. Form feeds divide pages, as printers take them; a file without any is one page.
 * @throws FacetError fileUnreadable, fileTooLarge
 */
export async function readPlainText(file: ReaderFile, format: 'text' | 'markdown'): Promise<ReadDocument> {
  const { text, encoding } = decodeText(await readWholeFile(file, readerLimits.textBytes));
  const pages = text.split('\f').map((pageText, index) => readPageOf(index + 1, textContent(pageText)));
  const title = format === 'markdown' ? (/^#\s+(.+?)\s*#*$/m.exec(text)?.[1] ?? '') : '';
  return { format, title, pages, coverage: coverageOf(pages), warnings: encodingWarnings(encoding) };
}

function encodingWarnings(encoding: TextEncoding): readonly string[] {
  return encoding === 'windows-1252' ? ['not UTF-8: read as Windows-1252 (Western European)'] : [];
}
