import { oneLine } from '../documentWriter.ts';
import { allNamed, textOf } from '../markup/parseMarkup.ts';
import type { Package } from '../package/openPackage.ts';

/** The title in an Office file's properties; empty when there is none. */
export async function officeTitle(archive: Package): Promise<string> {
  if (!archive.has('docProps/core.xml')) return '';
  return oneLine(textOf(allNamed(await archive.xml('docProps/core.xml'), 'dc:title')[0]));
}
