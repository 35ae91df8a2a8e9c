import type { Element } from 'domhandler';
import { facetError } from '../../../shared/errors.ts';
import { unreadable, type ReaderFile } from '../../fileBytes.ts';
import { createDocumentWriter, textCell, type DocumentWriter } from '../documentWriter.ts';
import { evenRows } from '../markdownTable.ts';
import { allNamed, childNamed, elementsOf } from '../markup/parseMarkup.ts';
import { openPackage, type Package } from '../package/openPackage.ts';
import { relationshipsOf, type Relationship } from '../package/relationships.ts';
import type { Extracted, ReadOptions } from '../readOptions.ts';
import { chartTable, writeChart } from './chartTable.ts';
import { paragraphsOf, paragraphText } from './drawingText.ts';
import { officeTitle } from './officeTitle.ts';

const presentation = 'ppt/presentation.xml';

/** A presentation, a page for each slide, with its notes. @throws FacetError fileUnreadable, fileTooLarge, cancelled */
export async function readPptx(file: ReaderFile, options: ReadOptions): Promise<Extracted> {
  const pptx = await openPackage(file);
  try {
    const parts = await relationshipsOf(pptx, presentation);
    const slides = allNamed(await pptx.xml(presentation), 'p:sldId').flatMap(({ attribs }) => parts.get(attribs['r:id'] ?? '') ?? []);
    if (slides.length === 0) throw unreadable(file, 'it has no slides');
    const writer = createDocumentWriter();
    for (const [index, { target }] of slides.entries()) {
      if (options.signal.aborted) throw facetError('cancelled', {});
      if (index > 0) writer.breakPage();
      await writeSlide(pptx, target, writer);
      options.onPage(index + 1, slides.length);
    }
    return { title: await officeTitle(pptx), pages: writer.finish(), warnings: [] };
  } finally {
    pptx.close();
  }
}

async function writeSlide(pptx: Package, part: string, writer: DocumentWriter): Promise<void> {
  const root = await pptx.xml(part);
  const related = await relationshipsOf(pptx, part);
  const shapes = childNamed(childNamed(elementsOf(root)[0], 'p:cSld'), 'p:spTree');
  if (elementsOf(root)[0]?.attribs['show'] === '0') writer.warn('a hidden slide');
  const all = shapes === undefined ? [] : shapesOf(shapes);
  const title = all.find((shape) => isPlaceholder(shape, ['title', 'ctrTitle']));
  if (title !== undefined) writer.heading(1, paragraphsOf(title).join(' '));
  for (const shape of all) {
    if (shape === title) continue;
    if (shape.name === 'p:graphicFrame') await writeFrame(pptx, shape, related, writer);
    else if (shape.name === 'p:pic') writer.warn('pictures on it were not read');
    else if (!isPlaceholder(shape, ['sldNum', 'dt', 'ftr'])) writeText(shape, writer);
  }
  const notes = [...related.values()].find(({ type }) => type === 'notesSlide');
  if (notes !== undefined && pptx.has(notes.target)) await writeNotes(pptx, notes.target, writer);
}

/** Shapes in their order, those in groups too. */
function shapesOf(container: Element): readonly Element[] {
  return elementsOf(container).flatMap((child) => {
    if (child.name === 'p:grpSp') return shapesOf(child);
    // Shapes of newer programs come with a replacement for older ones.
    if (child.name === 'mc:AlternateContent') return shapesOf(childNamed(child, 'mc:Choice') ?? child);
    return /^p:(sp|pic|graphicFrame|cxnSp)$/.test(child.name) ? [child] : [];
  });
}

function isPlaceholder(shape: Element, types: readonly string[]): boolean {
  return types.includes(allNamed(shape, 'p:ph')[0]?.attribs['type'] ?? '');
}

function writeText(shape: Element, writer: DocumentWriter): void {
  const isBody = allNamed(shape, 'p:ph').length > 0 && !isPlaceholder(shape, ['subTitle']);
  const paragraphs = allNamed(shape, 'a:p');
  if (!isBody || paragraphs.length === 1) {
    writer.paragraph(paragraphs.map(paragraphText).join('\n'));
    return;
  }
  for (const paragraph of paragraphs)
    writer.item(paragraphText(paragraph), Number(childNamed(paragraph, 'a:pPr')?.attribs['lvl'] ?? 0) || 0, '-');
}

async function writeFrame(
  pptx: Package,
  frame: Element,
  related: ReadonlyMap<string, Relationship>,
  writer: DocumentWriter,
): Promise<void> {
  const table = allNamed(frame, 'a:tbl')[0];
  if (table !== undefined) {
    const rows = allNamed(table, 'a:tr').map((row) => allNamed(row, 'a:tc').map((cell) => textCell(paragraphsOf(cell).join(' '))));
    writer.table({ name: '', rows: evenRows(rows) });
    return;
  }
  const diagram = related.get(allNamed(frame, 'dgm:relIds')[0]?.attribs['r:dm'] ?? '')?.target;
  if (diagram !== undefined && pptx.has(diagram)) {
    for (const point of allNamed(await pptx.xml(diagram), 'dgm:t')) writer.item(paragraphsOf(point).join(' '), 0, '-');
    return;
  }
  const [chart] = allNamed(frame, 'c:chart');
  if (chart === undefined) return;
  const part = related.get(chart.attribs['r:id'] ?? '')?.target;
  const drawn = part !== undefined && pptx.has(part) ? chartTable(await pptx.xml(part)) : null;
  if (drawn === null) writer.warn('a chart on it was not read');
  else writeChart(drawn, writer);
}

async function writeNotes(pptx: Package, part: string, writer: DocumentWriter): Promise<void> {
  const shapes = allNamed(await pptx.xml(part), 'p:sp').filter((shape) => isPlaceholder(shape, ['body']));
  const text = shapes.flatMap(paragraphsOf).join('\n').trim();
  if (text !== '') writer.paragraph(`Notes: ${text}`);
}
