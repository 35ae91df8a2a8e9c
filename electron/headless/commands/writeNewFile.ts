import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { facetError } from '../../shared/errors.ts';
import type { CommandContext } from './command.ts';

/** Writes a file that is not there yet, and says where it is. @throws FacetError diskFailed, also for one that is there: it stays as it is */
export async function writeNewFile(name: string, content: string | Uint8Array, { workingFolder }: CommandContext): Promise<string> {
  const file = path.resolve(workingFolder, name);
  await writeFile(file, content, { flag: 'wx' }).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw facetError('diskFailed', { path: file, reason: code === 'EEXIST' ? 'there is such a file already' : message }, error);
  });
  return file;
}
