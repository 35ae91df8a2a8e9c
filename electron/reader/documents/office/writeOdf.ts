import type { Element } from 'domhandler';
import type { TableCell } from '../../../shared/documents.ts';
import { oneLine, textCell, type DocumentWriter } from '../documentWriter.ts';
import { evenRows } from '../markdownTable.ts';
import { allNamed, elementsOf, textOf } from '../markup/parseMarkup.ts';
import { remark, trackedChanges } from '../remark.ts';
import { odfText } from './odfText.ts';

export interface OdfWriting {
  readonly writer: DocumentWriter;
  /** List styles with numbers instead of bullets. */
  readonly numbered: ReadonlySet<string>;
  /** Whether soft page breaks divide pages. */
  readonly pages: boolean;
}

/** Writes the paragraphs, headings, lists and tables in OpenDocument elements. */
export function writeOdf(elements: readonly Element[], { writer, numbered, pages }: OdfWriting): void {
  const notes: string[] = [];
  const comments: string[] = [];
  const flushNotes = (): void => {
    for (const note of notes.splice(0)) writer.paragraph(note);
  };
  const breakPage = (): void => {
    if (!pages || writer.pageIsEmpty) return;
    flushNotes();
    writer.breakPage();
  };
  const textOfParagraph = (paragraph: Element): string => {
    const boxes: string[] = [];
    const text = odfText(paragraph, {
      softPageBreak: breakPage,
      note: (mark, body) => void notes.push(`[note ${mark}] ${paragraphsIn(body).join(' ')}`),
      comment: (annotation) => void comments.push(commentText(annotation)),
      picture: () => writer.warn('pictures were not read'),
      textBox: (box) => void boxes.push(paragraphsIn(box).join('\n')),
    });
    return [text, ...boxes].filter((part) => part.trim() !== '').join('\n');
  };
  const paragraphsIn = (element: Element): readonly string[] =>
    elementsOf(element).flatMap((child) =>
      child.name === 'text:p' || child.name === 'text:h' ? [textOfParagraph(child)] : paragraphsIn(child),
    );
  const writeList = (list: Element, depth: number, inherited: string): void => {
    const style = list.attribs['text:style-name'] ?? inherited;
    let number = 0;
    for (const item of elementsOf(list)) {
      if (item.name !== 'text:list-item' && item.name !== 'text:list-header') continue;
      number += 1;
      let marker = numbered.has(style) ? `${String(number)}.` : '-';
      for (const child of elementsOf(item)) {
        if (child.name === 'text:list') writeList(child, depth + 1, style);
        else if (child.name === 'text:h') writeBlock(child);
        else {
          writer.item(textOfParagraph(child), depth, marker);
          marker = ' ';
        }
      }
    }
  };
  const writeTable = (table: Element): void => {
    const rows = allNamed(table, 'table:table-row').map((row) =>
      elementsOf(row)
        .filter(({ name }) => /^table:(covered-)?table-cell$/.test(name))
        .flatMap((cell): readonly TableCell[] => {
          const times = Math.min(256, Number(cell.attribs['table:number-columns-repeated'] ?? 1) || 1);
          return new Array<TableCell>(times).fill(textCell(cell.name === 'table:table-cell' ? paragraphsIn(cell).join(' ') : ''));
        }),
    );
    writer.table({ name: table.attribs['table:name'] ?? '', rows: evenRows(rows) });
  };
  const writeBlock = (element: Element): void => {
    switch (element.name) {
      case 'text:h':
        writer.heading(Number(element.attribs['text:outline-level'] ?? 1) || 1, textOfParagraph(element));
        return;
      case 'text:p':
        writer.paragraph(textOfParagraph(element));
        return;
      case 'text:list':
        writeList(element, 0, '');
        return;
      case 'table:table':
        writeTable(element);
        return;
      case 'text:soft-page-break':
        breakPage();
        return;
      case 'draw:image':
        writer.warn('pictures were not read');
        return;
      case 'text:tracked-changes':
        writer.warn(trackedChanges);
        return;
      case 'office:forms':
      case 'office:annotation':
      case 'presentation:notes':
        return;
      default:
        for (const child of elementsOf(element)) writeBlock(child);
    }
  };
  for (const element of elements) {
    writeBlock(element);
    for (const comment of comments.splice(0)) writer.paragraph(comment);
  }
  flushNotes();
}

function commentText(annotation: Element): string {
  const author = oneLine(allNamed(annotation, 'dc:creator').map(textOf).join(' '));
  return remark('Comment', author, oneLine(allNamed(annotation, 'text:p').map(textOf).join(' ')));
}
