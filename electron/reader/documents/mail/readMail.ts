import { facetError } from '../../../shared/errors.ts';
import { readWholeFile, unreadable, type ReaderFile } from '../../fileBytes.ts';
import { readerLimits } from '../../readerLimits.ts';
import { createDocumentWriter } from '../documentWriter.ts';
import { MarkupLimitError } from '../markup/parseMarkup.ts';
import type { Extracted, ReadOptions } from '../readOptions.ts';
import { writeMail } from './writeMail.ts';

/** An e-mail (EML), or a mailbox (mbox) with a page for each of its messages. @throws FacetError fileUnreadable, fileTooLarge, cancelled */
export async function readMail(file: ReaderFile, format: 'eml' | 'mbox', options: ReadOptions): Promise<Extracted> {
  const bytes = await readWholeFile(file, readerLimits.textBytes);
  const messages = format === 'eml' ? [bytes] : divideMailbox(bytes);
  if (messages.length > readerLimits.pages)
    throw facetError('fileTooLarge', { file: file.name, unit: 'messages', limit: readerLimits.pages, actual: messages.length });
  const writer = createDocumentWriter();
  let title = '';
  for (const [index, message] of messages.entries()) {
    if (options.signal.aborted) throw facetError('cancelled', {});
    if (index > 0) writer.breakPage();
    try {
      const subject = await writeMail(message, writer);
      if (format === 'eml') title = subject;
    } catch (error) {
      if (format === 'eml' || !(error instanceof Error)) throw mailError(file, error);
      writer.warn(`this message is damaged (${error.message})`);
    }
    options.onPage(index + 1, messages.length);
  }
  return { title, pages: writer.finish(), warnings: [] };
}

function mailError(file: ReaderFile, error: unknown): Error {
  return unreadable(file, error instanceof MarkupLimitError ? error.message : 'the e-mail is damaged', error);
}

/** Messages begin with a line `From …` after an empty one; such lines inside a message are quoted with `>`. */
function divideMailbox(bytes: Buffer): readonly Buffer[] {
  const source = bytes.toString('latin1');
  const starts = [...source.matchAll(/(?:^|\n\r?\n)From [^\n]*\n(?=[!-9;-~]+:)/g)];
  return starts.map((match, index) => {
    const message = source.slice(match.index + match[0].length, starts[index + 1]?.index ?? source.length);
    return Buffer.from(message.replaceAll(/^>(>*From )/gm, '$1'), 'latin1');
  });
}
