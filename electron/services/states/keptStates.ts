import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptStates } from '../../shared/library.ts';

const ending = '.state';
/** Model and cache type after the conversation in a file's name, as the engine writes it. */
const afterOwner = /-[0-9a-f]{16}-[a-z0-9_]+\.state$/;

/** The engine's files of chats' states, as the host may look at them: how many, how large, gone. */
export interface KeptStateFiles {
  usage(): Promise<KeptStates>;
  /** Deletes what is kept of one conversation. */
  forget(conversationId: string): Promise<void>;
  /** Deletes them all. @throws Error of the file system for what cannot be deleted */
  removeAll(): Promise<void>;
}

/** @param folder where the engine keeps them; a file's name begins with its conversation's id */
export function createKeptStateFiles(folder: string): KeptStateFiles {
  const names = async (): Promise<readonly string[]> => {
    const all = await readdir(folder).catch(() => []);
    return all.filter((name) => name.endsWith(ending));
  };
  return {
    usage: async () => {
      const files = await names();
      // One may go while it is looked at.
      const sizes = await Promise.all(
        files.map((name) =>
          stat(join(folder, name)).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      );
      const owners = new Set(files.map((name) => name.replace(afterOwner, '')));
      return { chats: owners.size, bytes: sizes.reduce((sum, size) => sum + size, 0) };
    },
    forget: async (conversationId) => {
      for (const name of await readdir(folder).catch(() => [])) {
        if (name.startsWith(`${conversationId}-`)) await rm(join(folder, name), { force: true }).catch(() => undefined);
      }
    },
    removeAll: async () => {
      for (const name of await names()) await rm(join(folder, name), { force: true });
    },
  };
}
