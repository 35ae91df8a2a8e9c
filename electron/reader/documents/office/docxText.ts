import { isTag, type Element } from 'domhandler';
import { allNamed, childNamed, textOf } from '../markup/parseMarkup.ts';
import { raisedText } from '../raisedText.ts';

/** What is met in the runs of a paragraph besides its letters. */
export interface RunEvents {
  /** A page begins here: as Word last laid it out, or by a break set by hand. */
  pageBreak(kind: 'rendered' | 'manual'): void;
  note(kind: 'footnote' | 'endnote', id: string): void;
  /** A remark of a reviewer. */
  comment(id: string): void;
  /** Text deleted under tracked changes, or hidden by its font; both are left out. */
  unseen(kind: 'deleted' | 'hidden'): void;
  picture(): void;
  /** A chart, by the id of its part. */
  chart(id: string): void;
  /** The paragraphs of a text box or a shape. */
  textBox(content: Element): void;
}

/** The letters of a paragraph, with tabs and line breaks. What was deleted under tracked changes, and what is hidden, is left out and told. */
export function docxText(paragraph: Element, events: RunEvents): string {
  let text = '';
  const visit = (element: Element): void => {
    switch (element.name) {
      case 'w:r': {
        const properties = childNamed(element, 'w:rPr');
        if (isOn(childNamed(properties, 'w:vanish'))) {
          if (textOf(element).trim() !== '') events.unseen('hidden');
          return;
        }
        const align = childNamed(properties, 'w:vertAlign')?.attribs['w:val'];
        const start = text.length;
        for (const child of element.children) if (isTag(child)) visit(child);
        if (align === 'superscript') text = text.slice(0, start) + raisedText(text.slice(start), 'above');
        if (align === 'subscript') text = text.slice(0, start) + raisedText(text.slice(start), 'below');
        return;
      }
      case 'w:t':
        text += textOf(element);
        return;
      case 'w:tab':
        text += '\t';
        return;
      case 'w:noBreakHyphen':
        text += '\u2011';
        return;
      case 'w:br':
        if (element.attribs['w:type'] === 'page') events.pageBreak('manual');
        else text += '\n';
        return;
      case 'w:cr':
        text += '\n';
        return;
      case 'w:lastRenderedPageBreak':
        events.pageBreak('rendered');
        return;
      case 'w:footnoteReference':
      case 'w:endnoteReference': {
        const kind = element.name === 'w:footnoteReference' ? 'footnote' : 'endnote';
        const id = element.attribs['w:id'] ?? '';
        events.note(kind, id);
        text += `[${kind === 'footnote' ? 'note' : 'endnote'} ${id}]`;
        return;
      }
      case 'w:commentReference':
        events.comment(element.attribs['w:id'] ?? '');
        return;
      case 'w:sym':
        text += symbol(element.attribs['w:char']);
        return;
      case 'w:txbxContent':
        events.textBox(element);
        return;
      case 'w:drawing':
      case 'w:pict':
        if (holds(element, 'c:chart')) events.chart(allNamed(element, 'c:chart')[0]?.attribs['r:id'] ?? '');
        else if (!holds(element, 'w:txbxContent')) events.picture();
        break;
      case 'm:t':
        text += textOf(element);
        return;
      case 'w:del':
      case 'w:moveFrom':
        if (allNamed(element, 'w:delText').length > 0 || element.name === 'w:moveFrom') events.unseen('deleted');
        return;
      // The same shape once more for old programs, how to say a word, and properties.
      case 'w:rt':
      case 'mc:Fallback':
      case 'w:instrText':
      case 'w:pPr':
      case 'w:rPr':
        return;
      default:
        break;
    }
    for (const child of element.children) if (isTag(child)) visit(child);
  };
  for (const child of paragraph.children) if (isTag(child)) visit(child);
  return text;
}

/** A property without a value is on. */
function isOn(property: Element | undefined): boolean {
  return property !== undefined && !/^(0|false|off)$/.test(property.attribs['w:val'] ?? '');
}

function holds(element: Element, name: string): boolean {
  return element.children.some((child) => isTag(child) && (child.name === name || holds(child, name)));
}

/** Symbol fonts keep their letters in the private use area; the common bullets and ticks are told, others are a dot. */
function symbol(code: string | undefined): string {
  const value = Number.parseInt(code ?? '', 16);
  if (!Number.isInteger(value) || value <= 0 || value > 0x10ffff) return '';
  if (value < 0xe000 || value > 0xf8ff) return String.fromCodePoint(value);
  return /^f0(fc|fe)$/i.test(code ?? '') ? '✓' : '•';
}
