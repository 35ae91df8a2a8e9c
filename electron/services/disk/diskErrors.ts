import { statfs } from 'node:fs/promises';
import { spaceNeeded } from '../../shared/diskSpace.ts';
import { FacetError, facetError } from '../../shared/errors.ts';

/** Free bytes for this user where `path` is. */
export async function freeBytes(path: string): Promise<number> {
  const facts = await statfs(path);
  return facts.bavail * facts.bsize;
}

/** @throws FacetError diskFull when `bytes`, five percent more and a reserve do not fit where `path` is */
export async function requireSpace(path: string, bytes: number): Promise<void> {
  const needed = spaceNeeded(bytes);
  const free = await freeBytes(path);
  if (free < needed) throw facetError('diskFull', { path, needed, free });
}

/** A file system error as a FacetError; FacetErrors and cancellations pass through. `needed` is what was still to be written. */
export async function diskError(error: unknown, path: string, needed: number): Promise<unknown> {
  if (error instanceof FacetError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const free = await freeBytes(path).catch(() => 0);
    return facetError('diskFull', { path, needed, free }, error);
  }
  return facetError('diskFailed', { path, reason: error.message.startsWith(code) ? error.message : `${code}: ${error.message}` }, error);
}
