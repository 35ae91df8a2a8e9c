import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where downloaded models live. Names are made from hashes, never from what a server says. */
export interface ModelFolder {
  readonly path: string;
  readonly partialPath: string;
  /** A finished, verified file. */
  file(sha256: string): string;
  /** Bytes received so far. */
  part(sha256: string): string;
  /** What those bytes belong to. */
  journal(sha256: string): string;
  /** Held by the process that fetches the file. */
  lock(sha256: string): string;
  /** Folder for the wheels of a file that comes in Python packages. */
  wheels(sha256: string): string;
}

/** Creates `<dataFolder>/models` and its `partial` folder, readable by the user alone. */
export function openModelFolder(dataFolder: string): ModelFolder {
  const path = join(dataFolder, 'models');
  const partialPath = join(path, 'partial');
  mkdirSync(partialPath, { recursive: true, mode: 0o700 });
  return {
    path,
    partialPath,
    file: (sha256) => join(path, `${sha256}.gguf`),
    part: (sha256) => join(partialPath, `${sha256}.part`),
    journal: (sha256) => join(partialPath, `${sha256}.json`),
    lock: (sha256) => join(partialPath, `${sha256}.lock`),
    wheels: (sha256) => join(partialPath, `${sha256}.wheels`),
  };
}
