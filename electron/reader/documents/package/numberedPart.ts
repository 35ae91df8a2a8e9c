import type { Package } from './openPackage.ts';

/** The name of a part that some programs number, `word/document2.xml` for `word/document`; undefined when there is none. */
export function numberedPart({ names, has }: Pick<Package, 'names' | 'has'>, stem: string): string | undefined {
  const usual = `${stem}.xml`;
  if (has(usual)) return usual;
  return names.find((name) => name.startsWith(stem) && /^\d+\.xml$/i.test(name.slice(stem.length)));
}
