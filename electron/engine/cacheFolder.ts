import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** End of the name of a file that is being written. */
const partEnding = '.part';
/** One that is older, in milliseconds, is left over from a dead process: nothing here takes so long to write. */
const staleMs = 3_600_000;

/** A finished file of a cache. */
export interface CacheFile {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

/** A name for a file that is renamed once it is whole. */
export function newPartName(): string {
  return `${randomUUID()}${partEnding}`;
}

/** The finished files of a folder; none when there is no folder. Removes what dead processes left behind. @param counts whether a name is one of the cache's */
export async function listCacheFiles(folder: string, counts: (name: string) => boolean = () => true): Promise<readonly CacheFile[]> {
  const files: CacheFile[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const facts = await stat(path).catch(() => null);
    if (facts === null) continue;
    if (name.endsWith(partEnding)) {
      if (Date.now() - facts.mtimeMs > staleMs) await rm(path, { force: true }).catch(() => undefined);
    } else if (counts(name)) files.push({ path, bytes: facts.size, usedAt: facts.mtimeMs });
  }
  return files;
}

/** The least recently used files that must go so that the rest takes `mostBytes` at most; never one of `kept`. */
export function leastRecentlyUsed(files: readonly CacheFile[], mostBytes: number, kept: readonly string[] = []): readonly CacheFile[] {
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const victims: CacheFile[] = [];
  for (const file of files.filter(({ path }) => !kept.includes(path)).toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= mostBytes) break;
    victims.push(file);
    bytes -= file.bytes;
  }
  return victims;
}
