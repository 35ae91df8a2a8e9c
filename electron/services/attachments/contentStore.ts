import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { facetError, FacetError } from '../../shared/errors.ts';
import { diskError } from '../disk/diskErrors.ts';
import { syncFolder } from '../disk/syncFolder.ts';

/** Bytes of one attached file: what the reader takes at most (a document). */
export const attachmentByteLimit = 512 * 1024 * 1024;

export interface StoredContent {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A file being written, piece by piece. */
export interface IncomingFile {
  readonly bytes: number;
  /** @throws FacetError fileTooLarge, diskFull, diskFailed; the file is then gone. */
  append(piece: Uint8Array): Promise<void>;
  /**
   * Makes it durable under its hash, and has `keep` write down who holds it. Until that has returned the content counts as held.
   * @throws what `keep` throws
   */
  finish<T>(keep: (content: StoredContent) => T): Promise<T>;
  /** Deletes what was written. Harmless after the end. */
  abort(): Promise<void>;
}

/** Files by their sha256 in one folder. The user's originals are never touched, and may go. */
export interface ContentStore {
  pathOf(sha256: string): string;
  /** @throws FacetError diskFull, diskFailed */
  begin(name: string): Promise<IncomingFile>;
  /** @throws FacetError notFound, fileUnreadable, fileTooLarge, diskFull, diskFailed */
  copy<T>(source: string, name: string, keep: (content: StoredContent) => T): Promise<T>;
  /** True while the same content is just being stored for someone who is not written down yet. */
  isArriving(sha256: string): boolean;
  /** At once, so that nothing can be stored between the look for its holders and its end. */
  remove(sha256: string): void;
}

/** Opens the store in `folder`, and deletes what interrupted uploads of earlier days left behind. */
export async function openContentStore(folder: string): Promise<ContentStore> {
  const incoming = path.join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await removeStale(incoming);
  /** How many are arriving, by hash. */
  const arriving = new Map<string, number>();
  const arrive = (sha256: string, change: 1 | -1): void => {
    const count = (arriving.get(sha256) ?? 0) + change;
    if (count === 0) arriving.delete(sha256);
    else arriving.set(sha256, count);
  };
  const pathOf = (sha256: string): string => path.join(folder, sha256);

  const begin = async (name: string): Promise<IncomingFile> => {
    const temporary = path.join(incoming, randomUUID());
    const handle = await open(temporary, 'wx', 0o600).catch(async (error: unknown) => {
      throw await diskError(error, folder, 0);
    });
    const hash = createHash('sha256');
    let bytes = 0;
    let closed = false;
    const abort = async (): Promise<void> => {
      if (closed) return;
      closed = true;
      await handle.close();
      await rm(temporary, { force: true });
    };
    const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        await abort();
        throw await diskError(error, folder, bytes);
      }
    };
    return {
      get bytes() {
        return bytes;
      },
      append: (piece) =>
        guarded(async () => {
          if (bytes + piece.length > attachmentByteLimit) {
            throw facetError('fileTooLarge', { file: name, unit: 'bytes', limit: attachmentByteLimit, actual: bytes + piece.length });
          }
          bytes += piece.length;
          hash.update(piece);
          await handle.writeFile(piece);
        }),
      finish: async (keep) => {
        const sha256 = hash.digest('hex');
        arrive(sha256, 1);
        try {
          await guarded(async () => {
            if (bytes === 0) throw facetError('fileUnreadable', { file: name, reason: 'it is empty (0 bytes)' });
            await handle.sync();
            await rename(temporary, pathOf(sha256));
            closed = true;
            await handle.close();
            await syncFolder(folder);
          });
          return keep({ sha256, bytes });
        } finally {
          arrive(sha256, -1);
        }
      },
      abort,
    };
  };

  return {
    pathOf,
    begin,
    copy: async (source, name, keep) => {
      await checkSource(source, name);
      const file = await begin(name);
      try {
        for await (const piece of createReadStream(source, { highWaterMark: 1024 * 1024 })) await file.append(piece as Buffer);
      } catch (error) {
        await file.abort();
        throw error instanceof FacetError
          ? error
          : facetError('fileUnreadable', { file: name, reason: 'reading it failed half way' }, error);
      }
      return file.finish(keep);
    },
    isArriving: (sha256) => arriving.has(sha256),
    remove: (sha256) => rmSync(pathOf(sha256), { force: true }),
  };
}

/** Refuses before opening: opening a pipe or a device could wait for ever. @throws FacetError notFound, fileUnreadable, fileTooLarge */
export async function checkSource(source: string, name: string): Promise<void> {
  const facts = await stat(source).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw facetError('notFound', { what: 'file', id: source }, error);
    const reason = code === 'ELOOP' ? 'it is a link that leads back to itself' : 'this user may not open it';
    throw facetError('fileUnreadable', { file: name, reason }, error);
  });
  if (facts.isDirectory()) throw facetError('fileUnreadable', { file: name, reason: 'it is a folder', folder: 'notAFile' });
  if (!facts.isFile()) throw facetError('fileUnreadable', { file: name, reason: 'it is not a regular file' });
  if (facts.size > attachmentByteLimit) {
    throw facetError('fileTooLarge', { file: name, unit: 'bytes', limit: attachmentByteLimit, actual: facts.size });
  }
}

/** Other processes may be uploading right now; what nobody wrote to for a day is left over. */
async function removeStale(incoming: string): Promise<void> {
  const dayAgo = Date.now() - 86_400_000;
  for (const entry of await readdir(incoming)) {
    const file = path.join(incoming, entry);
    const facts = await stat(file).catch(() => null);
    if (facts !== null && facts.mtimeMs < dayAgo) await rm(file, { force: true });
  }
}
