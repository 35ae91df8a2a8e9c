import path from 'node:path';
import { facetError } from '../../../shared/errors.ts';
import { unreadable, type ReaderFile } from '../../fileBytes.ts';
import { createDocumentWriter, oneLine } from '../documentWriter.ts';
import { decodeMarkup } from '../markup/decodeMarkup.ts';
import { allNamed, MarkupLimitError, parseMarkup, textOf } from '../markup/parseMarkup.ts';
import { writeHtml } from '../markup/writeHtml.ts';
import type { Extracted, ReadOptions } from '../readOptions.ts';
import { openPackage, type Package } from './openPackage.ts';

/** An EPUB book, a page for each part of its spine (usually a chapter). @throws FacetError fileUnreadable, fileTooLarge, cancelled */
export async function readEpub(file: ReaderFile, options: ReadOptions): Promise<Extracted> {
  const book = await openPackage(file);
  try {
    const container = await book.xml('META-INF/container.xml');
    const contents = allNamed(container, 'rootfile')[0]?.attribs['full-path'];
    if (contents === undefined) throw unreadable(file, 'the book has no table of its parts');
    const opf = await book.xml(contents);
    const folder = path.posix.dirname(contents);
    const parts = new Map(allNamed(opf, 'item').map(({ attribs }) => [attribs['id'] ?? '', attribs['href'] ?? '']));
    const spine = allNamed(opf, 'itemref').map(({ attribs }) => parts.get(attribs['idref'] ?? '') ?? '');
    const locked = await lockedParts(book);
    const writer = createDocumentWriter();
    for (const [index, href] of spine.entries()) {
      if (options.signal.aborted) throw facetError('cancelled', {});
      if (index > 0) writer.breakPage();
      const name = path.posix.normalize(path.posix.join(folder, decoded(href.split('#')[0] ?? '')));
      if (locked.has(name)) throw unreadable(file, 'the book is locked by its seller (DRM)');
      if (!book.has(name)) writer.warn(`a chapter is missing in the file (${name})`);
      else writeHtml(parseMarkup(decodeMarkup(await book.bytes(name)), 'html'), writer);
      options.onPage(index + 1, spine.length);
    }
    return { title: oneLine(textOf(allNamed(opf, 'dc:title')[0])), pages: writer.finish(), warnings: [] };
  } catch (error) {
    if (error instanceof MarkupLimitError) throw unreadable(file, error.message, error);
    throw error;
  } finally {
    book.close();
  }
}

/** Parts that are encrypted. Fonts often are, which does not matter. */
async function lockedParts(book: Package): Promise<ReadonlySet<string>> {
  if (!book.has('META-INF/encryption.xml')) return new Set();
  const root = await book.xml('META-INF/encryption.xml');
  const references = ['enc:CipherReference', 'CipherReference'].flatMap((name) => allNamed(root, name));
  return new Set(references.map(({ attribs }) => decoded(attribs['URI'] ?? '')));
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
