import { isTag, isText, type Element } from 'domhandler';

/** What is met in the text of an OpenDocument paragraph besides its letters. */
export interface OdfEvents {
  softPageBreak(): void;
  /** A footnote or endnote, by the mark that stands in the text. */
  note(mark: string, body: Element): void;
  /** A remark of a reviewer. */
  comment(annotation: Element): void;
  picture(): void;
  textBox(content: Element): void;
}

/** The letters of a paragraph or heading, with tabs, line breaks and repeated spaces. */
export function odfText(paragraph: Element, events: OdfEvents): string {
  let text = '';
  const visit = (element: Element): void => {
    switch (element.name) {
      case 'text:s':
        text += ' '.repeat(Math.min(1_000, Number(element.attribs['text:c'] ?? 1) || 1));
        return;
      case 'text:tab':
        text += '\t';
        return;
      case 'text:line-break':
        text += '\n';
        return;
      case 'text:soft-page-break':
        events.softPageBreak();
        return;
      case 'text:note': {
        const parts = element.children.filter(isTag);
        const mark = plain(parts.find(({ name }) => name === 'text:note-citation'));
        const body = parts.find(({ name }) => name === 'text:note-body');
        text += `[note ${mark}]`;
        if (body !== undefined) events.note(mark, body);
        return;
      }
      case 'draw:text-box':
        events.textBox(element);
        return;
      case 'draw:image':
        events.picture();
        return;
      case 'office:annotation':
        events.comment(element);
        return;
      case 'text:tracked-changes':
      case 'svg:title':
      case 'svg:desc':
        return;
      default:
        descend(element);
    }
  };
  const descend = (element: Element): void => {
    for (const child of element.children) {
      // White space in the file is layout of the file; spaces that count are elements.
      if (isText(child)) text += child.data.replaceAll(/\s+/g, ' ');
      else if (isTag(child)) visit(child);
    }
  };
  descend(paragraph);
  return text;
}

function plain(element: Element | undefined): string {
  return (element?.children ?? []).map((child) => (isText(child) ? child.data : isTag(child) ? plain(child) : '')).join('');
}
