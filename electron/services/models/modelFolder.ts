import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where downloaded models live. Names are made from hashes, never from what a server says. */
export interface ModelFolder {
  readonly path: string;
  readonly partialPath: string;
  /** Where removed files wait for a change of mind. */
  readonly removedPath: string;
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

/** Creates `<dataFolder>/models` and its `partial` folder, readable by the user alone. */
export function openModelFolder(dataFolder: string): ModelFolder {
  const path = join(dataFolder, 'models');
  const partialPath = join(path, 'partial');
  mkdirSync(partialPath, { recursive: true, mode: 0o700 });
  return {
    path,
    partialPath,
    removedPath: join(path, 'removed'),
    file: (sha256) => join(path, `${sha256}.gguf`),
    part: (key) => join(partialPath, `${key}.part`),
    journal: (key) => join(partialPath, `${key}.json`),
    lock: (key) => join(partialPath, `${key}.lock`),
    wheels: (key) => join(partialPath, `${key}.wheels`),
  };
}
