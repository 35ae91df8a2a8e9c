import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { facetError } from '../../shared/errors.ts';

/** What people can do something about, by the code of the file system. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is on a disk that cannot be written to',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  ENOENT: 'the system allows no folder there',
};

/** Why a folder cannot be used, as one plain clause. @throws what is no error of the file system */
export function folderReason(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return reasons[String(error.code)] ?? error.message;
}

/**
 * Makes a folder and those above it where they are missing. Folder by folder: Node's own `recursive` never ends where the system
 * answers "not found" for a new folder, as in /proc.
 * @param path absolute
 * @param mode for this user alone unless given
 * @throws FacetError diskFailed
 */
export function makeFolder(path: string, mode = 0o700): void {
  try {
    makeMissing(path, mode);
  } catch (error) {
    throw facetError('diskFailed', { path, reason: folderReason(error) }, error);
  }
}

function makeMissing(path: string, mode: number): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined) {
    if (!found.isDirectory()) throw Object.assign(new Error('it is a file and no folder'), { code: 'EEXIST' });
    return;
  }
  const above = dirname(path);
  if (above !== path) makeMissing(above, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another run may have made it in the meantime.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
