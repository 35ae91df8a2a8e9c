import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { followFolderPath } from './folderChoice.ts';

/** Where downloaded models live. Names are made from hashes, never from what a server says. All of it changes with a move. */
export interface ModelFolder {
  path(): string;
  /** Where removed files wait for a change of mind. */
  removedPath(): string;
  /** A finished, verified file. */
  file(sha256: string): string;
  /** Bytes received so far; `key` is the content's hash where it is known beforehand, else its address's. */
  part(key: string): string;
  /** What those bytes belong to. Stays beside a finished file, whose pieces can be checked by it. */
  journal(key: string): string;
  /** Held by the process that fetches the file. */
  lock(key: string): string;
  /** Folder for the wheels of a file that comes in Python packages. */
  wheels(key: string): string;
}

/** What is in a models folder beside the finished files. */
export const partialName = 'partial';
export const removedName = 'removed';

/** The folder that was chosen, else `<dataFolder>/models`; created with its `partial` folder, readable by the user alone. */
export function openModelFolder(dataFolder: string): ModelFolder {
  // Asked each time: another run on the same data folder may have moved it.
  const path = followFolderPath(dataFolder);
  const partial = (name: string): string => join(path(), partialName, name);
  mkdirSync(join(path(), partialName), { recursive: true, mode: 0o700 });
  return {
    path,
    removedPath: () => join(path(), removedName),
    file: (sha256) => join(path(), `${sha256}.gguf`),
    part: (key) => partial(`${key}.part`),
    journal: (key) => partial(`${key}.json`),
    lock: (key) => partial(`${key}.lock`),
    wheels: (key) => partial(`${key}.wheels`),
  };
}
