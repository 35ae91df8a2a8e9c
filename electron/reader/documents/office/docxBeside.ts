import type { Element } from 'domhandler';
import { oneLine } from '../documentWriter.ts';
import { allNamed, elementsOf, textOf } from '../markup/parseMarkup.ts';
import type { Package } from '../package/openPackage.ts';
import { relationshipsOf } from '../package/relationships.ts';
import { remark } from '../remark.ts';
import { docxText } from './docxText.ts';

/** Texts of footnotes and endnotes by kind and id, `footnote/2`. */
export async function docxNotes(docx: Package, body: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const kind of ['footnote', 'endnote'] as const)
    for (const part of await partsOf(docx, body, `${kind}s`))
      for (const note of allNamed(part, `w:${kind}`)) texts.set(`${kind}/${note.attribs['w:id'] ?? ''}`, paragraphsOf(note));
  return texts;
}

/** What reviewers remarked, by id: a sentence, or none. */
export async function docxComments(docx: Package, body: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const texts = new Map<string, readonly string[]>();
  for (const part of await partsOf(docx, body, 'comments'))
    for (const comment of allNamed(part, 'w:comment')) {
      const text = paragraphsOf(comment);
      const author = oneLine(comment.attribs['w:author'] ?? '');
      texts.set(comment.attribs['w:id'] ?? '', text === '' ? [] : [remark('Comment', author, text)]);
    }
  return texts;
}

/** What stands above and below the text of pages, each once; page numbers alone are left out. */
export async function docxMargins(
  docx: Package,
  body: string,
): Promise<{ readonly headers: readonly string[]; readonly footers: readonly string[] }> {
  const read = async (type: 'header' | 'footer'): Promise<readonly string[]> => {
    const name = type === 'header' ? 'Header' : 'Footer';
    const texts = (await partsOf(docx, body, type))
      .map((part) => paragraphsOf(part))
      .filter((text) => /\p{L}{3}/u.test(withoutPageNumber(text)));
    return [...new Set(texts)].map((text) => `[${name}: ${text}]`);
  };
  return { headers: await read('header'), footers: await read('footer') };
}

function withoutPageNumber(text: string): string {
  return text.replaceAll(/\b(page|seite|of|von)\b/gi, '');
}

/** The roots of the parts of one type. */
async function partsOf(docx: Package, body: string, type: string): Promise<readonly Element[]> {
  const parts = [...(await relationshipsOf(docx, body)).values()].filter((part) => part.type === type && docx.has(part.target));
  const roots = await Promise.all([...new Set(parts.map(({ target }) => target))].map((target) => docx.xml(target)));
  return roots.flatMap((root) => elementsOf(root));
}

/** The text of all paragraphs on one line. */
function paragraphsOf(container: Element): string {
  const quiet = {
    pageBreak: () => undefined,
    note: () => undefined,
    comment: () => undefined,
    unseen: () => undefined,
    picture: () => undefined,
    chart: () => undefined,
  };
  const text = (paragraph: Element): string => {
    const boxes: Element[] = [];
    const own = docxText(paragraph, { ...quiet, textBox: (box) => void boxes.push(box) });
    return [own, ...boxes.map(textOf)].join(' ');
  };
  return oneLine(outerParagraphs(container).map(text).join(' '));
}

/** Without those inside of text boxes. */
function outerParagraphs(container: Element): readonly Element[] {
  return elementsOf(container).flatMap((child) => (child.name === 'w:p' ? [child] : outerParagraphs(child)));
}
