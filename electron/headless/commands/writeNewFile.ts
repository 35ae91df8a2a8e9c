import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type FacetError, facetError } from '../../shared/errors.ts';
import type { CommandContext } from './command.ts';

/** Why a place that was named is none to write to; another name helps. */
export const wrongPlaces = { taken: 'there is such a file already', noFolder: 'there is no such folder' } as const;

/** Writes a file that is not there yet, and says where it is. @throws FacetError diskFailed, also for one that is there: it stays as it is */
export async function writeNewFile(name: string, content: string | Uint8Array, { workingFolder }: CommandContext): Promise<string> {
  const file = path.resolve(workingFolder, name);
  await writeFile(file, content, { flag: 'wx' }).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'EEXIST' ? alreadyThere(file, error) : facetError('diskFailed', { path: file, reason: message }, error);
  });
  return file;
}

/** Looks before long work whether a file could be written. @throws FacetError diskFailed for one that is there, and for a folder that is not */
export async function requireNewFile(name: string, { workingFolder }: CommandContext): Promise<void> {
  const file = path.resolve(workingFolder, name);
  const isThere = (one: string): Promise<boolean> =>
    access(one).then(
      () => true,
      () => false,
    );
  if (await isThere(file)) throw alreadyThere(file);
  if (!(await isThere(path.dirname(file)))) throw facetError('diskFailed', { path: file, reason: wrongPlaces.noFolder });
}

function alreadyThere(file: string, cause?: unknown): FacetError {
  return facetError('diskFailed', { path: file, reason: wrongPlaces.taken }, cause);
}
