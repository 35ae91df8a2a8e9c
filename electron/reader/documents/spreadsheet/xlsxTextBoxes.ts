import type { Document, Element } from 'domhandler';
import { elementsOf } from '../markup/parseMarkup.ts';
import { paragraphsOf } from '../office/drawingText.ts';
import type { Package } from '../package/openPackage.ts';
import { relationshipsOf } from '../package/relationships.ts';

/** What is written in the text boxes and shapes that lie on a sheet, in their order. */
export async function xlsxTextBoxes(xlsx: Package, sheet: string): Promise<readonly string[]> {
  const parts = [...(await relationshipsOf(xlsx, sheet)).values()].filter(({ type, target }) => type === 'drawing' && xlsx.has(target));
  const found: string[] = [];
  for (const { target } of parts) for (const body of textBodies(await xlsx.xml(target))) found.push(paragraphsOf(body).join('\n'));
  return found.filter((text) => text.trim() !== '');
}

/** Shapes of newer programs come with a replacement for older ones. */
function textBodies(node: Document | Element): readonly Element[] {
  return elementsOf(node).flatMap((child) => {
    if (child.name === 'mc:Fallback') return [];
    return child.name === 'xdr:txBody' ? [child] : textBodies(child);
  });
}
