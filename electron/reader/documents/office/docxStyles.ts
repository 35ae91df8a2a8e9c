import type { Element } from 'domhandler';
import { allNamed, childNamed } from '../markup/parseMarkup.ts';
import { numberedPart } from '../package/numberedPart.ts';
import type { Package } from '../package/openPackage.ts';

export interface ParagraphStyle {
  /** 1..6; null for text. */
  readonly headingLevel: number | null;
  /** The list that paragraphs of this style belong to. */
  readonly numbering: { readonly list: string; readonly depth: number } | null;
}

/** Styles by id, with what they inherit. */
export async function docxStyles(docx: Package): Promise<(id: string | undefined) => ParagraphStyle> {
  const styles = new Map<string, Element>();
  const part = numberedPart(docx, 'word/styles');
  if (part !== undefined)
    for (const style of allNamed(await docx.xml(part), 'w:style')) styles.set(style.attribs['w:styleId'] ?? '', style);
  const known = new Map<string, ParagraphStyle>();
  const resolve = (id: string | undefined, depth: number): ParagraphStyle => {
    const style = id === undefined ? undefined : styles.get(id);
    if (id === undefined || style === undefined || depth > 20) return { headingLevel: null, numbering: null };
    const found = known.get(id);
    if (found !== undefined) return found;
    const base = resolve(childNamed(style, 'w:basedOn')?.attribs['w:val'], depth + 1);
    const properties = childNamed(style, 'w:pPr');
    const name = childNamed(style, 'w:name')?.attribs['w:val'] ?? '';
    const named = /^(?:heading|title) ?([1-9]?)$/i.exec(name);
    const outline = outlineLevel(properties);
    const resolved: ParagraphStyle = {
      headingLevel: named === null ? (outline ?? base.headingLevel) : Math.min(6, Number(named[1] === '' ? 1 : named[1])),
      numbering: numberingOf(properties) ?? base.numbering,
    };
    known.set(id, resolved);
    return resolved;
  };
  return (id) => resolve(id, 0);
}

/** 1..6; null for body text and for paragraphs that do not say. */
export function outlineLevel(properties: Element | undefined): number | null {
  const value = childNamed(properties, 'w:outlineLvl')?.attribs['w:val'];
  return value === undefined || Number(value) > 8 ? null : Math.min(6, Number(value) + 1);
}

export function numberingOf(properties: Element | undefined): ParagraphStyle['numbering'] {
  const numbering = childNamed(properties, 'w:numPr');
  const list = childNamed(numbering, 'w:numId')?.attribs['w:val'];
  return list === undefined ? null : { list, depth: Number(childNamed(numbering, 'w:ilvl')?.attribs['w:val'] ?? 0) || 0 };
}
