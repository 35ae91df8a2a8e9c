import type { Document, Element } from 'domhandler';
import { facetError } from '../../../shared/errors.ts';
import { unreadable, type ReaderFile } from '../../fileBytes.ts';
import { createDocumentWriter, oneLine, type DocumentWriter } from '../documentWriter.ts';
import { allNamed, elementsOf, textOf } from '../markup/parseMarkup.ts';
import type { Package } from '../package/openPackage.ts';
import type { Extracted, ReadOptions } from '../readOptions.ts';
import { odfTitle, openOdf } from './openOdf.ts';
import { writeOdf, type OdfWriting } from './writeOdf.ts';

/** A text of OpenDocument (ODT), with its pages where the file tells them. @throws FacetError fileUnreadable, fileTooLarge, cancelled */
export async function readOdt(file: ReaderFile, options: ReadOptions): Promise<Extracted> {
  const odf = await openOdf(file);
  try {
    const root = await odf.xml('content.xml');
    const body = allNamed(root, 'office:text')[0];
    if (body === undefined) throw unreadable(file, 'it holds no text');
    const told = allNamed(body, 'text:soft-page-break').length > 0;
    const writer = createDocumentWriter();
    writeOdf(elementsOf(body), { writer, numbered: await numberedLists(odf, root), pages: true });
    const pages = writer.finish();
    options.onPage(pages.length, pages.length);
    return {
      title: await odfTitle(odf),
      pages,
      warnings: told ? [] : ['the file does not tell where its pages end: it is one page'],
    };
  } finally {
    odf.close();
  }
}

/** A presentation of OpenDocument (ODP), a page for each slide, with its notes. Errors as for `readOdt`. */
export async function readOdp(file: ReaderFile, options: ReadOptions): Promise<Extracted> {
  const odf = await openOdf(file);
  try {
    const root = await odf.xml('content.xml');
    const slides = allNamed(root, 'draw:page');
    if (slides.length === 0) throw unreadable(file, 'it has no slides');
    const writer = createDocumentWriter();
    const writing: OdfWriting = { writer, numbered: await numberedLists(odf, root), pages: false };
    for (const [index, slide] of slides.entries()) {
      if (options.signal.aborted) throw facetError('cancelled', {});
      if (index > 0) writer.breakPage();
      writeSlide(slide, writing, writer);
      options.onPage(index + 1, slides.length);
    }
    return { title: await odfTitle(odf), pages: writer.finish(), warnings: [] };
  } finally {
    odf.close();
  }
}

function writeSlide(slide: Element, writing: OdfWriting, writer: DocumentWriter): void {
  const frames = elementsOf(slide);
  const title = frames.find(({ attribs }) => attribs['presentation:class'] === 'title');
  if (title !== undefined) writer.heading(1, paragraphs(title));
  writeOdf(
    frames.filter((frame) => frame !== title),
    writing,
  );
  const notes = frames.filter(({ name }) => name === 'presentation:notes');
  const text = notes.map((note) => paragraphs(note)).join(' ');
  if (text.trim() !== '') writer.paragraph(`Notes: ${oneLine(text)}`);
}

function paragraphs(element: Element): string {
  return allNamed(element, 'text:p').map(textOf).join(' ');
}

/** Names of list styles whose first level has numbers; they stand in the content or, for those that people name, in the styles. */
async function numberedLists(odf: Package, content: Document): Promise<ReadonlySet<string>> {
  const roots = odf.has('styles.xml') ? [content, await odf.xml('styles.xml')] : [content];
  const styles = roots.flatMap((root) => allNamed(root, 'text:list-style'));
  return new Set(
    styles
      .filter((style) => elementsOf(style)[0]?.name === 'text:list-level-style-number')
      .map(({ attribs }) => attribs['style:name'] ?? ''),
  );
}
