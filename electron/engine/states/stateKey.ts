import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newPartName } from '../cacheFolder.ts';

const keyBytes = 32;

/**
 * The secret that this installation signs states with; made when missing. Several processes may ask at once: all get the same.
 * @param folder exists already
 * @throws Error of the file system
 */
export async function stateKey(folder: string): Promise<Uint8Array> {
  const path = join(folder, 'key');
  const stored = await readFile(path).catch(() => null);
  if (stored?.length === keyBytes) return stored;
  // What is there is no key: nothing can be signed with it.
  if (stored !== null) await rm(path, { force: true });
  const temporary = join(folder, newPartName());
  try {
    await writeFile(temporary, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' });
    // Unlike a rename, a link leaves the key alone that another process has made in the meantime.
    await link(temporary, path).catch(() => undefined);
  } finally {
    await rm(temporary, { force: true });
  }
  return readFile(path);
}
