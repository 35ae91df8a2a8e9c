import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leastRecentlyUsed, listCacheFiles, newPartName } from './cacheFolder.ts';
import { type EmbeddingIdentity, readEmbedding, writeEmbedding } from './embeddingFile.ts';

/** Bytes of all embeddings on disk together: about 195 views of the 4B (256 x 2560 floats), 93 of the 27B. */
export const embeddingCacheBytes = 512 * 1024 * 1024;

/**
 * Encoder output on disk, least recently used files first to go. It is only ever a shortcut: whatever is wrong with a file reads as "not there", and
 * the view is encoded again. Several processes may use one folder.
 */
export interface EmbeddingCache {
  /** Null when it is not there or not sound; marks it as used otherwise. `tokens` is what the loaded projector makes of a view. */
  find(identity: EmbeddingIdentity, tokens: number): Promise<Float32Array | null>;
  /** @throws Error of the file system; what was there before is then still whole */
  save(identity: EmbeddingIdentity, tokens: number, embedding: Float32Array): Promise<void>;
}

/** @param folder made when missing, for this user alone */
export function createEmbeddingCache(folder: string, mostBytes: number = embeddingCacheBytes): EmbeddingCache {
  /** Null until the folder was looked through. Other processes' files are found at the next look. */
  let bytes: number | null = null;

  const look = async (): Promise<void> => {
    bytes = await dropOldest(folder, mostBytes);
  };
  return {
    find: async (identity, tokens) => {
      const path = pathOf(folder, identity);
      const file = await readFile(path).catch(() => null);
      if (file === null) return null;
      const embedding = readEmbedding(file, identity, tokens);
      const now = new Date();
      // Either may fail when another process drops the file right now: nothing is lost by that.
      if (embedding === null) await rm(path, { force: true }).catch(() => undefined);
      else await utimes(path, now, now).catch(() => undefined);
      return embedding;
    },
    save: async (identity, tokens, embedding) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const content = writeEmbedding(identity, tokens, embedding);
      const temporary = join(folder, newPartName());
      try {
        // Not synced: a file that a power cut tore fails its hash.
        await writeFile(temporary, content, { mode: 0o600, flag: 'wx' });
        await rename(temporary, pathOf(folder, identity));
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
      if (bytes !== null) bytes += content.length;
      if (bytes === null || bytes > mostBytes) await look();
    },
  };
}

function pathOf(folder: string, { projectorSha256, viewSha256 }: EmbeddingIdentity): string {
  return join(folder, `${projectorSha256}-${viewSha256}`);
}

/** Deletes until what is left fits. @returns bytes left */
async function dropOldest(folder: string, mostBytes: number): Promise<number> {
  const files = await listCacheFiles(folder);
  const victims = leastRecentlyUsed(files, mostBytes);
  for (const { path } of victims) await rm(path, { force: true });
  return files.reduce((sum, file) => sum + (victims.includes(file) ? 0 : file.bytes), 0);
}
