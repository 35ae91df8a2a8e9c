import { existsSync } from 'node:fs';
import { mkdir, readdir, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { facetError } from '../../shared/errors.ts';
import { diskError, requireSpace } from '../disk/diskErrors.ts';
import { makeFolder } from '../disk/makeFolder.ts';
import { copyVerified, workOf } from './copyVerified.ts';
import { readFolderChoice, writeFolderChoice } from './folderChoice.ts';
import { partialName, removedName } from './modelFolder.ts';

export interface FolderMove {
  readonly dataFolder: string;
  /** Absolute. */
  readonly to: string;
  readonly onProgress: (done: number, total: number) => void;
  /** All files are at the new place and the old ones are still there: whatever holds their paths changes them now. */
  readonly switched: (from: string, to: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Moves everything in the models folder. Until all of it is at the new place and verified, the old place is the one that counts; what was copied stays for
 * the next try. @throws FacetError invalidRequest, diskFull, diskFailed, checksumMismatch, or AbortError
 */
export async function moveModels({ dataFolder, to, onProgress, switched, signal }: FolderMove): Promise<void> {
  const { path: from } = readFolderChoice(dataFolder);
  const refuse = (reason: string): never => {
    throw facetError('invalidRequest', { field: 'path', reason });
  };
  if (!isAbsolute(to)) refuse('must be the full path of a folder');
  try {
    makeFolder(to);
    const [source, target] = [await realpath(from), await realpath(to)];
    if (source === target) return;
    if (isInside(target, source) || isInside(source, target)) refuse('the new folder and the old one must not lie in one another');
    const files = await filesIn(source);
    const total = files.reduce((sum, { bytes }) => sum + workOf(bytes), 0);
    if ((await stat(source)).dev !== (await stat(target)).dev) await requireSpace(target, await missingBytes(files, target));
    writeFolderChoice(dataFolder, { path: from, movingTo: target, leftAt: null });
    let before = 0;
    for (const { name, bytes } of files) {
      signal.throwIfAborted();
      const copy = join(target, name);
      await mkdir(join(copy, '..'), { recursive: true, mode: 0o700 });
      const sha256 = /^([0-9a-f]{64})\.gguf$/.exec(name)?.[1] ?? null;
      await copyVerified(join(source, name), copy, sha256, (done) => onProgress(before + done, total), signal);
      before += workOf(bytes);
    }
    writeFolderChoice(dataFolder, { path: target, movingTo: null, leftAt: source });
    switched(source, target);
    await removeLeft(dataFolder);
  } catch (error) {
    throw await diskError(error, to, 0);
  }
}

/** Deletes what a move left at the old place, as far as it is at the new one; a process may have been killed before it could. Never throws. */
export async function removeLeft(dataFolder: string): Promise<void> {
  const { path, movingTo, leftAt } = readFolderChoice(dataFolder);
  if (leftAt === null) return;
  try {
    for (const { name, bytes } of existsSync(leftAt) ? await filesIn(leftAt) : []) {
      const copy = await stat(join(path, name)).catch(() => null);
      if (copy?.size === bytes) await rm(join(leftAt, name), { force: true });
    }
    // Whoever fetches now holds locks at the new place.
    for (const name of await readdir(join(leftAt, partialName)).catch(() => [])) {
      if (/\.lock(-\w+)?$/.test(name)) await rm(join(leftAt, partialName, name), { force: true });
    }
    for (const folder of [partialName, '']) await rmdir(join(leftAt, folder)).catch(() => undefined);
    writeFolderChoice(dataFolder, { path, movingTo, leftAt: null });
  } catch {
    // A disk that is not there just now: the next start looks again.
  }
}

/** Bytes of all files in a models folder. */
export async function bytesIn(folder: string): Promise<number> {
  return (await filesIn(folder)).reduce((sum, { bytes }) => sum + bytes, 0);
}

interface FolderFile {
  /** Relative to the folder. */
  readonly name: string;
  readonly bytes: number;
}

/** Finished and partial files; not locks, what was removed, and copies that are not whole. */
async function filesIn(folder: string): Promise<readonly FolderFile[]> {
  const found: FolderFile[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const name = relative(folder, join(entry.parentPath, entry.name));
    if (!entry.isFile() || name.startsWith(removedName + sep) || /\.(lock|moving)(-\w+)?$/.test(name)) continue;
    found.push({ name, bytes: (await stat(join(folder, name))).size });
  }
  return found;
}

async function missingBytes(files: readonly FolderFile[], target: string): Promise<number> {
  let missing = 0;
  for (const { name, bytes } of files) {
    const there = (await stat(join(target, name)).catch(() => null)) ?? (await stat(join(target, `${name}.moving`)).catch(() => null));
    missing += Math.max(0, bytes - (there?.size ?? 0));
  }
  return missing;
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder + sep);
}
