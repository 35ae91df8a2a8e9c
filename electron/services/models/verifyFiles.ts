import { facetError } from '../../shared/errors.ts';
import type { VerifiedFile } from '../../shared/downloads.ts';
import type { Model } from '../../shared/models.ts';
import { hashFile } from './hashFile.ts';

/**
 * Hashes the files of a model that is here again. `onProgress` gets bytes done and bytes to do, both files together.
 * @throws FacetError modelMissing when it is not here, fileUnreadable, or AbortError
 */
export async function verifyFiles(
  { id, text, projector, state }: Model,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<readonly VerifiedFile[]> {
  const files = (projector === null ? [text] : [text, projector]).flatMap(({ path, bytes, sha256 }) =>
    path === null || bytes === null || sha256 === null ? [] : [{ path, bytes, expected: sha256 }],
  );
  // One that changed since it was added is told byte for byte too.
  if ((state.kind !== 'installed' && state.kind !== 'failed') || files.length === 0) throw facetError('modelMissing', { model: id });
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const verified: VerifiedFile[] = [];
  let before = 0;
  for (const { path, bytes, expected } of files) {
    const actual = await hashFile(path, (done) => onProgress(before + done, total), signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw facetError('fileUnreadable', { file: path, reason: error instanceof Error ? error.message : String(error) }, error);
    });
    verified.push({ path, bytes, expected, actual });
    before += bytes;
  }
  return verified;
}

export function isSound({ expected, actual }: VerifiedFile): boolean {
  return expected === actual;
}
