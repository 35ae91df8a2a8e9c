import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { facetError } from '../../shared/errors.ts';

/** More files than this are a mistake of the folder. */
const mostFiles = 100;

/**
 * The files in a folder and in those below it, in the order of their names; hidden ones are left out. Null when the path is no folder.
 * @throws FacetError invalidRequest for more than 100 files, fileUnreadable for a folder that cannot be listed or holds none
 */
export async function filesInFolder(folder: string): Promise<readonly string[] | null> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() !== true) return null;
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    throw facetError('fileUnreadable', { file: folder, reason: 'the folder cannot be listed' }, error);
  });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !path
          .relative(folder, file)
          .split(path.sep)
          .some((part) => part.startsWith('.')),
    )
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (files.length === 0) throw facetError('fileUnreadable', { file: folder, reason: 'the folder holds no files' });
  if (files.length > mostFiles)
    throw facetError('invalidRequest', {
      field: '--doc',
      reason: `the folder holds ${String(files.length)} files, and at most ${String(mostFiles)} are taken`,
    });
  return files;
}
