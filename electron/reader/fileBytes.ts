import { open, stat } from 'node:fs/promises';
import { facetError, type FacetError } from '../shared/errors.ts';

/** A user's file as every reader function takes it: where the bytes are, and the name that people know it by. */
export interface ReaderFile {
  readonly path: string;
  /** For messages and for the extension; data, never a path. */
  readonly name: string;
}

/**
 * The whole file, after a look at its size.
 * @throws FacetError fileUnreadable when it is missing, empty or not a regular file, fileTooLarge over `limit` bytes.
 */
export async function readWholeFile(file: ReaderFile, limit: number): Promise<Buffer<ArrayBuffer>> {
  return withFile(file, async (handle) => {
    const { size } = await handle.stat();
    if (size > limit) throw facetError('fileTooLarge', { file: file.name, unit: 'bytes', limit, actual: size });
    return handle.readFile();
  });
}

/** The size and the first `length` bytes (fewer when the file is shorter). Errors as for `readWholeFile`. */
export async function readFileHead(file: ReaderFile, length: number): Promise<{ readonly size: number; readonly head: Uint8Array }> {
  return withFile(file, async (handle) => {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return { size, head: buffer.subarray(0, bytesRead) };
  });
}

/** Bytes from `offset` on, fewer where the file ends before. */
export type ReadPiece = (offset: number, length: number) => Promise<DataView>;

/** Pieces from anywhere in a file, for formats whose parts are found by their place. Errors as for `readWholeFile`. */
export async function readPieces<T>(file: ReaderFile, use: (read: ReadPiece) => Promise<T>): Promise<T> {
  return withFile(file, async (handle) => {
    const { size } = await handle.stat();
    return use(async (offset, length) => {
      if (offset >= size) return new DataView(new ArrayBuffer(0));
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return new DataView(buffer.buffer, buffer.byteOffset, bytesRead);
    });
  });
}

type FileHandle = Awaited<ReturnType<typeof open>>;

async function withFile<T>(file: ReaderFile, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const failed = (error: unknown): never => {
    throw unreadable(file, systemReason(error), error);
  };
  // Looked at before it is opened: opening a pipe waits until somebody writes to it.
  const facts = await stat(file.path).catch(failed);
  if (facts.isDirectory()) throw facetError('fileUnreadable', { file: file.name, reason: 'it is a folder', folder: 'notAFile' });
  if (!facts.isFile()) throw unreadable(file, 'it is not a regular file');
  const handle = await open(file.path, 'r').catch(failed);
  try {
    if ((await handle.stat()).size === 0) throw unreadable(file, 'it is empty (0 bytes)');
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** The error for a file that cannot be read. `reason` is one plain clause that goes on after "because". */
export function unreadable(file: ReaderFile, reason: string, cause?: unknown): FacetError {
  return facetError('fileUnreadable', { file: file.name, reason }, cause);
}

function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return 'it is not there any more';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not open it';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return `the system refused to open it (${code || 'unknown error'})`;
  }
}
