import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { facetError } from '../../shared/errors.ts';
import { makeFolder } from '../../services/disk/makeFolder.ts';
import { encodePng, isPngBy } from '../../services/images/encodePng.ts';
import { refuse } from '../arguments/options.ts';

/** By this a later run knows the views that an earlier one wrote. */
const software = 'facet plan';
const viewName = (index: number): string => (index === 0 ? 'overview.png' : `crop-${index}.png`);
const isViewName = (name: string): boolean => /^(overview|crop-[1-9]\d*)\.png$/.test(name);

/**
 * Writes `overview.png`, `crop-1.png` … in the order in which the model reads them, in the place of all that an earlier run wrote there: what lies in the
 * folder under these names afterwards are the views of one picture. Deletes nothing else.
 * @throws FacetError diskFailed; invalidRequest where something else has such a name
 */
export async function dumpViews(
  views: readonly { readonly rgb: Uint8Array }[],
  { side, folder }: { readonly side: number; readonly folder: string },
): Promise<void> {
  // The user's own place, with the user's own rights.
  makeFolder(folder, 0o777);
  const older = await onDisk(folder, async () => (await readdir(folder)).filter(isViewName));
  for (const name of older) {
    const bytes = await readFile(path.join(folder, name)).catch(() => null);
    if (bytes === null || !isPngBy(bytes, software))
      refuse('--dump', `needs another folder: in this one, ${name} is no view that facet plan wrote, and stays`);
  }
  await onDisk(folder, async () => {
    for (const name of older) await rm(path.join(folder, name));
    for (const [index, { rgb }] of views.entries()) await writeFile(path.join(folder, viewName(index)), encodePng(rgb, side, software));
  });
}

async function onDisk<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw facetError('diskFailed', { path: folder, reason: error instanceof Error ? error.message : String(error) }, error);
  }
}
