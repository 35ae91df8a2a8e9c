import type { Element } from 'domhandler';
import type { TableCell } from '../../../shared/documents.ts';
import { facetError } from '../../../shared/errors.ts';
import type { ReaderFile } from '../../fileBytes.ts';
import { createDocumentWriter, textCell, type TableContent } from '../documentWriter.ts';
import { evenRows } from '../markdownTable.ts';
import { allNamed, childNamed, elementsOf } from '../markup/parseMarkup.ts';
import { numberedPart } from '../package/numberedPart.ts';
import { openPackage, type Package } from '../package/openPackage.ts';
import { relationshipsOf } from '../package/relationships.ts';
import type { Extracted, ReadOptions } from '../readOptions.ts';
import { trackedChanges } from '../remark.ts';
import { chartTable, writeChart } from './chartTable.ts';
import { docxNumbering } from './docxNumbering.ts';
import { docxStyles, numberingOf, outlineLevel } from './docxStyles.ts';
import { docxComments, docxMargins, docxNotes } from './docxBeside.ts';
import { docxText } from './docxText.ts';
import { officeTitle } from './officeTitle.ts';

/**
 * A Word document. Its pages are those of Word's last layout where the file tells them; else the breaks set by hand.
 * @throws FacetError fileUnreadable, fileTooLarge, cancelled
 */
export async function readDocx(file: ReaderFile, options: ReadOptions): Promise<Extracted> {
  const docx = await openPackage(file);
  try {
    const body = numberedPart(docx, 'word/document') ?? 'word/document.xml';
    const root = await docx.xml(body);
    const styleOf = await docxStyles(docx);
    const markerOf = await docxNumbering(docx);
    const rendered = allNamed(root, 'w:lastRenderedPageBreak').length > 0;
    const writer = createDocumentWriter();
    const notes: string[] = [];
    const noteTexts = await docxNotes(docx, body);
    const comments: string[] = [];
    const commentTexts = await docxComments(docx, body);
    const margins = await docxMargins(docx, body);
    const charts: TableContent[] = [];
    const chartTables = await docxCharts(docx, body);
    const unseen = { deleted: 0, hidden: 0 };
    let pictures = 0;

    const breakPage = (kind: 'rendered' | 'manual'): void => {
      // Where Word laid it out, a break set by hand is followed by the page that it made.
      if (rendered !== (kind === 'rendered') || writer.pageIsEmpty) return;
      flushNotes();
      writer.breakPage();
    };
    const flushNotes = (): void => {
      for (const note of notes.splice(0)) writer.paragraph(note);
    };
    const textOfParagraph = (paragraph: Element, inTable: boolean): string => {
      const boxes: Element[] = [];
      const breaks: ('rendered' | 'manual')[] = [];
      const text = docxText(paragraph, {
        pageBreak: (kind) => void breaks.push(kind),
        note: (kind, id) => {
          const note = noteTexts.get(`${kind}/${id}`) ?? '';
          if (note !== '') notes.push(`[${kind === 'footnote' ? 'note' : 'endnote'} ${id}] ${note}`);
        },
        comment: (id) => comments.push(...(commentTexts.get(id) ?? [])),
        unseen: (kind) => (unseen[kind] += 1),
        picture: () => (pictures += 1),
        chart: (id) => {
          const chart = chartTables.get(id);
          if (chart === undefined) pictures += 1;
          else charts.push(chart);
        },
        textBox: (box) => void boxes.push(box),
      });
      // A paragraph over a page's end counts to the page where it ends.
      if (!inTable) for (const kind of breaks) breakPage(kind);
      return [text, ...boxes.map((box) => blockText(box))].filter((part) => part.trim() !== '').join('\n');
    };
    const blockText = (container: Element): string =>
      allNamed(container, 'w:p')
        .map((paragraph) => textOfParagraph(paragraph, true))
        .join('\n');

    const writeParagraph = (paragraph: Element): void => {
      const properties = childNamed(paragraph, 'w:pPr');
      const style = styleOf(childNamed(properties, 'w:pStyle')?.attribs['w:val']);
      if (childNamed(properties, 'w:pageBreakBefore') !== undefined) breakPage('manual');
      const text = textOfParagraph(paragraph, false);
      const level = outlineLevel(properties) ?? style.headingLevel;
      const numbering = numberingOf(properties) ?? style.numbering;
      if (text.trim() === '') return;
      const marker = numbering === null || numbering.list === '0' ? null : markerOf(numbering.list, numbering.depth);
      if (level !== null) writer.heading(level, marker === null || marker === '-' ? text : `${marker} ${text}`.trim());
      else if (marker !== null && marker !== '') writer.item(text, numbering?.depth ?? 0, marker);
      else writer.paragraph(text);
    };
    const writeTable = (table: Element): void => {
      const rows = directRows(table).map((row) =>
        elementsOf(row)
          .flatMap((child) => (child.name === 'w:sdt' ? elementsOf(childNamed(child, 'w:sdtContent') ?? child) : [child]))
          .filter(({ name }) => name === 'w:tc')
          .flatMap((cell): readonly TableCell[] => {
            const properties = childNamed(cell, 'w:tcPr');
            const merge = childNamed(properties, 'w:vMerge');
            const text = merge !== undefined && merge.attribs['w:val'] !== 'restart' ? '' : blockText(cell);
            const span = Math.min(64, Number(childNamed(properties, 'w:gridSpan')?.attribs['w:val'] ?? 1) || 1);
            return [textCell(text), ...new Array<TableCell>(span - 1).fill(textCell(''))];
          }),
      );
      writer.table({ name: '', rows: evenRows(rows) });
    };
    const writeBlocks = (container: Element): void => {
      for (const child of elementsOf(container)) {
        if (options.signal.aborted) throw facetError('cancelled', {});
        if (child.name === 'w:p') writeParagraph(child);
        else if (child.name === 'w:tbl') writeTable(child);
        else if (!/^w:(sectPr|del|moveFrom)$/.test(child.name)) writeBlocks(child);
        for (const chart of charts.splice(0)) writeChart(chart, writer);
        for (const comment of comments.splice(0)) writer.paragraph(comment);
      }
    };
    for (const header of margins.headers) writer.paragraph(header);
    for (const part of allNamed(root, 'w:body')) writeBlocks(part);
    flushNotes();
    for (const footer of margins.footers) writer.paragraph(footer);
    const pages = writer.finish();
    options.onPage(pages.length, pages.length);
    const warnings = [
      ...(rendered ? [] : ['the file does not tell where its pages end: only breaks set by hand are counted']),
      ...(unseen.deleted === 0 ? [] : [trackedChanges]),
      ...(unseen.hidden === 0 ? [] : ['text that its author hid was left out']),
      ...(pictures === 0 ? [] : [`pictures in it were not read (${String(pictures)})`]),
    ];
    return { title: await officeTitle(docx), pages, warnings };
  } finally {
    docx.close();
  }
}

/** What the charts of a document draw, by the id with which its text refers to them. */
async function docxCharts(docx: Package, body: string): Promise<ReadonlyMap<string, TableContent>> {
  const charts = new Map<string, TableContent>();
  for (const [id, { type, target }] of await relationshipsOf(docx, body)) {
    const drawn = type === 'chart' && docx.has(target) ? chartTable(await docx.xml(target)) : null;
    if (drawn !== null) charts.set(id, drawn);
  }
  return charts;
}

function directRows(table: Element): readonly Element[] {
  return elementsOf(table).flatMap((child) => {
    if (child.name === 'w:tr') return [child];
    return child.name === 'w:sdt' || child.name === 'w:sdtContent' || child.name === 'w:ins' ? directRows(child) : [];
  });
}
