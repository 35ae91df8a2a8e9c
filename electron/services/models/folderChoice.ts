import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which folder holds the models, as the data folder's `models-folder.json` says. */
export interface FolderChoice {
  readonly path: string;
  /** Where a move has begun to copy to. */
  readonly movingTo: string | null;
  /** Where files may still lie that were copied from there. */
  readonly leftAt: string | null;
}

const fileName = 'models-folder.json';

export function readFolderChoice(dataFolder: string): FolderChoice {
  const usual: FolderChoice = { path: join(dataFolder, 'models'), movingTo: null, leftAt: null };
  try {
    const stored: unknown = JSON.parse(readFileSync(join(dataFolder, fileName), 'utf8'));
    if (typeof stored !== 'object' || stored === null) return usual;
    const { path, movingTo, leftAt } = stored as Partial<Record<keyof FolderChoice, unknown>>;
    return { path: textOr(path, usual.path), movingTo: textOr(movingTo, null), leftAt: textOr(leftAt, null) };
  } catch {
    return usual;
  }
}

/** The path of the choice as it is when it is asked for, which is many times for each list of models: the file is read again only when it changed. */
export function followFolderPath(dataFolder: string): () => string {
  let known: { readonly stamp: string; readonly path: string } | null = null;
  return () => {
    const facts = statSync(join(dataFolder, fileName), { throwIfNoEntry: false });
    const stamp = facts === undefined ? '' : `${facts.ino} ${facts.mtimeMs} ${facts.size}`;
    if (known?.stamp !== stamp) known = { stamp, path: readFolderChoice(dataFolder).path };
    return known.path;
  };
}

/** All of it or nothing, whenever the process ends. @throws the file system's error */
export function writeFolderChoice(dataFolder: string, choice: FolderChoice): void {
  const path = join(dataFolder, fileName);
  writeFileSync(`${path}.part`, JSON.stringify(choice), { mode: 0o600, flush: true });
  renameSync(`${path}.part`, path);
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
