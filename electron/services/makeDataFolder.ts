import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { facetError } from '../shared/errors.ts';

/** What people can do something about, by the code of the file system. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is on a disk that cannot be written to',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
};

/**
 * Makes the data folder where it is missing, for this user alone, and makes sure that it can be written to.
 * @param path absolute
 * @throws FacetError diskFailed
 */
export function makeDataFolder(path: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const reason = reasons[String(error.code)] ?? error.message;
    throw facetError('diskFailed', { path, reason: `it cannot be the data folder: ${reason}` }, error);
  }
}

/** Folder by folder: Node's own `recursive` never ends where the system answers "not found" for a new folder, as in /proc. */
function makeFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined) {
    if (!found.isDirectory()) throw facetError('diskFailed', { path, reason: 'it cannot be the data folder: it is a file' });
    return;
  }
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another run may have made it in the meantime.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
