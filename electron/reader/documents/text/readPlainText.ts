import { readWholeFile, type ReaderFile } from '../../fileBytes.ts';
import { readerLimits } from '../../readerLimits.ts';
import { textContent } from '../pageContent.ts';
import { decodeMarkup } from '../markup/decodeMarkup.ts';
import type { Extracted } from '../readOptions.ts';
import type { CodeLanguage } from './codeLanguages.ts';
import { decodeText } from './decodeText.ts';
import { encodingWarnings } from './encodingWarnings.ts';
import { markdownHeadings, markdownTables } from './markdownStructure.ts';

/**
 * A text, Markdown or source file as it is. Form feeds divide pages, as printers take them; a file without any is one page.
 * @throws FacetError fileUnreadable, fileTooLarge
 */
export async function readPlainText(file: ReaderFile, format: 'text' | 'markdown' | CodeLanguage): Promise<Extracted> {
  const bytes = await readWholeFile(file, readerLimits.textBytes);
  // XML names its encoding itself.
  const decoded = format === 'xml' ? { text: decodeMarkup(bytes), encoding: 'utf-8' as const, damaged: false } : decodeText(bytes);
  const pages = decoded.text.split('\f').map((pageText) => {
    const content = textContent(pageText);
    if (format !== 'markdown') return content;
    return { ...content, headings: markdownHeadings(content.text), tables: markdownTables(content.text) };
  });
  return { title: pages[0]?.headings.find(({ level }) => level === 1)?.text ?? '', pages, warnings: encodingWarnings(decoded) };
}
