import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { facetError } from '../../shared/errors.ts';
import type { ImportedFile } from '../database/importedModels.ts';
import { diskError } from '../disk/diskErrors.ts';
import type { ModelFolder } from './modelFolder.ts';

const pieceBytes = 4 * 1024 ** 2;

/**
 * Copies a model file into Facet's folder under the name of its hash, which is computed on the way. Nothing stays of a copy that fails or is stopped.
 * @param onBytes bytes copied so far
 * @throws FacetError fileUnreadable when it changed meanwhile, diskFull, diskFailed, or AbortError
 */
export async function copyModelFile(
  { path, bytes }: Pick<ImportedFile, 'path' | 'bytes'>,
  folder: ModelFolder,
  onBytes: (done: number) => void,
  signal: AbortSignal,
): Promise<ImportedFile> {
  const copying = folder.part(`copy-${randomUUID()}`);
  const hash = createHash('sha256');
  let done = 0;
  const watch = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      hash.update(piece);
      done += piece.length;
      onBytes(done);
      yield piece;
    }
  };
  try {
    const to = createWriteStream(copying, { mode: 0o600, flush: true });
    await pipeline(createReadStream(path, { highWaterMark: pieceBytes }), watch, to, { signal });
    if (done !== bytes) throw facetError('fileUnreadable', { file: path, reason: 'it changed while it was read' });
    const sha256 = hash.digest('hex');
    const copy = folder.file(sha256);
    await rename(copying, copy);
    return { path: copy, bytes, changedAt: (await stat(copy)).mtimeMs, sha256 };
  } catch (error) {
    await rm(copying, { force: true });
    signal.throwIfAborted();
    throw await diskError(error, folder.path(), bytes - done);
  }
}
