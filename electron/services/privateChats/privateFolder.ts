import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Linux's folder in memory. */
const sharedMemory = '/dev/shm';

/** Where files of private chats lie while they are open: the reader takes files. In memory where the system has a folder there. */
export interface PrivateFolder {
  /** Makes it when it is not there. */
  make(): string;
  /** Deletes it with all that is in it. */
  remove(): void;
}

/**
 * The folder of this run; it is made when the first file comes. What runs left that were killed is deleted now.
 * @param alive ids of the runs on this data folder that live
 */
export function openPrivateFolder(dataFolder: string, sessionId: string, alive: readonly string[]): PrivateFolder {
  const base = existsSync(sharedMemory)
    ? join(sharedMemory, `facet-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}`)
    : join(dataFolder, 'private');
  const path = join(base, sessionId);
  const living = new Set([sessionId, ...alive]);
  const left = existsSync(base) ? readdirSync(base) : [];
  for (const name of left) if (!living.has(name)) rmSync(join(base, name), { recursive: true, force: true });
  return {
    make: () => {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return path;
    },
    remove: () => {
      rmSync(path, { recursive: true, force: true });
      if (existsSync(base) && readdirSync(base).length === 0) rmSync(base, { recursive: true, force: true });
    },
  };
}
