import { statfs } from 'node:fs/promises';
import { type CacheFile, listCacheFiles } from '../cacheFolder.ts';

/** End of a state's file name. */
const ending = '.state';
/** States take at most this share of what they and the free disk are together. */
const shareOfDisk = 0.25;

/** One file for each conversation, model and cache type: a newer state takes the older one's place. */
export function stateFileName(
  owner: string,
  { modelSha256, cacheType }: { readonly modelSha256: string; readonly cacheType: string },
): string {
  return `${owner}-${modelSha256.slice(0, 16)}-${cacheType}${ending}`;
}

/** False for an owner whose name cannot be part of a file name. */
export function canOwnFiles(owner: string): boolean {
  return /^[\w-]{1,64}$/.test(owner);
}

/** The states in a folder; none when there is no folder. */
export function listStateFiles(folder: string): Promise<readonly CacheFile[]> {
  return listCacheFiles(folder, (name) => name.endsWith(ending));
}

/** Bytes that states may take: what the user allows, and never more than a quarter of the disk that is left for them. */
export async function allowedBytes(folder: string, mostBytes: number, used: number): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.min(mostBytes, (used + bavail * bsize) * shareOfDisk);
}
