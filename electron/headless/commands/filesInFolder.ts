import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { facetError } from '../../shared/errors.ts';
import { folderRefusalText } from '../../shared/folderRefusalText.ts';
import { takeFolder } from '../../shared/folderRules.ts';

/**
 * The files in a folder and in those below it, by the rules of folderRules.ts. Null when the path is no folder.
 * @throws FacetError invalidRequest for a folder over the limits, fileUnreadable for one that cannot be listed or holds no files
 */
export async function filesInFolder(folder: string): Promise<readonly string[] | null> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() !== true) return null;
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    throw facetError('fileUnreadable', { file: folder, reason: 'the folder cannot be listed', folder: 'nothingInIt' }, error);
  });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  // Of one that goes just now, reading says so.
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const taken = takeFolder(
    files.map((file, index) => ({ file, path: path.relative(folder, file).split(path.sep).join('/'), bytes: sizes[index] ?? 0 })),
  );
  if (!('kind' in taken)) return taken.map(({ file }) => file);
  const reason = folderRefusalText(taken);
  throw taken.kind === 'empty'
    ? facetError('fileUnreadable', { file: folder, reason, folder: 'nothingInIt' })
    : facetError('invalidRequest', { field: '--doc', reason });
}
