import { oneLine } from '../documentWriter.ts';
import { allNamed, elementsOf, textOf } from '../markup/parseMarkup.ts';
import type { Package } from '../package/openPackage.ts';
import { relationshipsOf } from '../package/relationships.ts';
import { prefixed, withoutEscapes } from './xlsxCells.ts';

/** What people remarked on cells of a sheet: a sentence each. */
export async function xlsxComments(xlsx: Package, sheet: string): Promise<readonly string[]> {
  const parts = [...(await relationshipsOf(xlsx, sheet)).values()].filter(({ type, target }) => type === 'comments' && xlsx.has(target));
  const found: string[] = [];
  for (const { target } of parts) {
    const root = elementsOf(await xlsx.xml(target))[0];
    for (const comment of allNamed(root, prefixed(root, 'comment'))) {
      const text = oneLine(withoutEscapes(allNamed(comment, prefixed(root, 't')).map(textOf).join('')));
      if (text !== '') found.push(`[Comment on ${comment.attribs['ref'] ?? 'a cell'}: ${text}]`);
    }
  }
  return found;
}
