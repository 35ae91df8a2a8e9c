import path from 'node:path';
import { elementsOf } from '../markup/parseMarkup.ts';
import type { Package } from './openPackage.ts';

export interface Relationship {
  /** The last word of its type: `slide`, `notesSlide`, `hyperlink`. */
  readonly type: string;
  /** Name of a part of the package. */
  readonly target: string;
}

/** What a part of an Office file refers to, by id. What lies outside of the package is left out: it is never opened. */
export async function relationshipsOf(archive: Package, part: string): Promise<ReadonlyMap<string, Relationship>> {
  const folder = path.posix.dirname(part);
  const name = `${folder === '.' ? '' : `${folder}/`}_rels/${path.posix.basename(part)}.rels`;
  const found = new Map<string, Relationship>();
  if (!archive.has(name)) return found;
  const root = elementsOf(await archive.xml(name))[0];
  for (const { attribs } of root === undefined ? [] : elementsOf(root)) {
    const { Id: id, Target: target, Type: type } = attribs;
    if (id === undefined || target === undefined || attribs['TargetMode'] === 'External') continue;
    const absolute = target.startsWith('/') ? target.slice(1) : path.posix.normalize(path.posix.join(folder, target));
    found.set(id, { type: type?.split('/').at(-1) ?? '', target: absolute });
  }
  return found;
}
