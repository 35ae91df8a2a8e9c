import { isTag, isText, type AnyNode, type Document, type Element } from 'domhandler';
import type { DocumentWriter } from '../documentWriter.ts';
import { oneLine } from '../documentWriter.ts';
import { raisedText } from '../raisedText.ts';
import { tableRows } from './htmlTable.ts';
import { textOf } from './parseMarkup.ts';
import { isHidden, visibleText } from './visibleText.ts';

const blocks = new Set([
  ...[
    'address',
    'article',
    'aside',
    'blockquote',
    'body',
    'center',
    'dd',
    'details',
    'dialog',
    'div',
    'dl',
    'dt',
    'fieldset',
    'figcaption',
  ],
  ...[
    'figure',
    'footer',
    'form',
    'header',
    'hr',
    'html',
    'main',
    'p',
    'section',
    'summary',
    'table',
    'tbody',
    'thead',
    'tfoot',
    'tr',
    'td',
    'th',
  ],
]);

/** An open list entry: its marker is written with its first text. */
interface Entry {
  readonly depth: number;
  marker: string;
}

/** Writes the visible text of an HTML tree: headings, paragraphs, lists, tables and preformatted text. Nothing is fetched. */
export function writeHtml(root: Document | Element, writer: DocumentWriter): void {
  let inline = '';
  let entry: Entry | null = null;
  let depth = -1;

  const flush = (): void => {
    const lines = inline.split('\u2028').map(oneLine).join('\n').trim();
    inline = '';
    if (lines === '') return;
    if (entry === null) writer.paragraph(lines);
    else writer.item(lines, entry.depth, entry.marker);
    // What follows in the same entry is indented below it.
    if (entry !== null) entry.marker = ' ';
  };
  const list = (element: Element): void => {
    flush();
    const outer = entry;
    depth += 1;
    let number = Number(element.attribs['start'] ?? 1) || 1;
    for (const child of element.children) {
      if (!isTag(child) || isHidden(child)) continue;
      if (child.name === 'li' && element.name === 'ol') number = Number(child.attribs['value'] ?? number) || number;
      entry = { depth, marker: element.name === 'ol' ? `${String(number)}.` : '-' };
      if (child.name === 'li') number += 1;
      visitAll(child.children);
      flush();
    }
    depth -= 1;
    entry = outer;
  };
  const visit = (node: AnyNode): void => {
    if (isText(node)) inline += node.data;
    else if (isTag(node) && !isHidden(node)) visitElement(node);
  };
  const visitAll = (nodes: readonly AnyNode[]): void => {
    for (const node of nodes) visit(node);
  };
  const visitElement = (element: Element): void => {
    const { name } = element;
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (level !== undefined) {
      flush();
      writer.heading(Number(level), visibleText(element));
    } else if (name === 'sup' || name === 'sub') inline += raisedText(visibleText(element), name === 'sup' ? 'above' : 'below');
    else if (name === 'br') inline += '\u2028';
    else if (name === 'ul' || name === 'ol' || name === 'menu') list(element);
    else if (name === 'pre') {
      flush();
      writer.paragraph(textOf(element));
    } else if (name === 'img') {
      const alternative = oneLine(element.attribs['alt'] ?? '');
      if (alternative !== '') inline += ` (picture: ${alternative}) `;
    } else if (name === 'table') {
      flush();
      const rows = tableRows(element);
      if (rows === null) visitAll(element.children);
      else writer.table(rows);
      flush();
    } else if (blocks.has(name)) {
      flush();
      visitAll(element.children);
      flush();
    } else visitAll(element.children);
  };
  visitAll(root.children);
  flush();
}
