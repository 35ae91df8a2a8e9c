import { randomUUID } from 'node:crypto';
import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** End of a state's file name. */
const ending = '.state';
/** End of a file that is being written. */
const partEnding = '.part';
/** One that is older, in milliseconds, is left over from a dead process. */
const staleMs = 3_600_000;
/** States take at most this share of what they and the free disk are together. */
const shareOfDisk = 0.25;

export interface StateFile {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

export function newPartName(): string {
  return `${randomUUID()}${partEnding}`;
}

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

/** The states in a folder; none when there is no folder. Removes what dead processes left behind. */
export async function listStateFiles(folder: string): Promise<readonly StateFile[]> {
  const files: StateFile[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const facts = await stat(path).catch(() => null);
    if (facts === null) continue;
    if (name.endsWith(ending)) files.push({ path, bytes: facts.size, usedAt: facts.mtimeMs });
    else if (name.endsWith(partEnding) && Date.now() - facts.mtimeMs > staleMs) await rm(path, { force: true }).catch(() => undefined);
  }
  return files;
}

/** Bytes that states may take: what the user allows, and never more than a quarter of the disk that is left for them. */
export async function allowedBytes(folder: string, mostBytes: number, used: number): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.min(mostBytes, (used + bavail * bsize) * shareOfDisk);
}
