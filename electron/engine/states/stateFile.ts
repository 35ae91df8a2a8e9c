import { createHmac, timingSafeEqual } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newPartName } from '../cacheFolder.ts';
import { type StateHeader, bodyBytes, headerLength, preambleBytes, readHeader, writeHeader } from './stateHeader.ts';

/** A state on disk: header, tokens, checkpoints, state, and an HMAC-SHA-256 over all of that. */
const signatureBytes = 32;
/** Hashed and read or written at a time: hashing never keeps the child from answering for long. */
const pieceBytes = 4 * 1024 * 1024;

/**
 * Writes a state beside `path` and puts it in its place when it is whole. The body is not copied.
 * @throws Error of the file system; AbortError when the signal aborts. What was at `path` is then still there
 */
export async function writeStateFile(
  path: string,
  state: { readonly header: StateHeader; readonly body: Uint8Array; readonly key: Uint8Array; readonly signal: AbortSignal },
): Promise<void> {
  const temporary = join(dirname(path), newPartName());
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await writeSigned(file, state);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writeSigned(file: FileHandle, { header, body, key, signal }: Parameters<typeof writeStateFile>[1]): Promise<void> {
  const signature = createHmac('sha256', key);
  const first = writeHeader(header);
  signature.update(first);
  await writeFully(file, first);
  for (let at = 0; at < body.length; at += pieceBytes) {
    signal.throwIfAborted();
    const piece = body.subarray(at, at + pieceBytes);
    // The disk writes one piece while the next is hashed.
    const written = writeFully(file, piece);
    signature.update(piece);
    await written;
  }
  // Not synced: a file that a power cut tore fails its signature.
  await writeFully(file, signature.digest());
}

/** What a file says about itself, unproven; null when it is no state or cannot be read. */
export async function peekStateFile(path: string): Promise<StateHeader | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    return (await readStart(file))?.header ?? null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** A state whose signature was checked, or why there is none. */
export type ReadState =
  | { readonly kind: 'whole'; readonly header: StateHeader; readonly body: Uint8Array }
  | { readonly kind: 'unusable'; readonly reason: string };

/** Reads a state and checks its signature: what it returns is, byte for byte, what this installation wrote. Never throws. */
export async function readStateFile(path: string, key: Uint8Array): Promise<ReadState> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return { kind: 'unusable', reason: 'it cannot be opened' };
  try {
    return await readSigned(file, key);
  } catch (error) {
    return { kind: 'unusable', reason: String(error) };
  } finally {
    await file.close();
  }
}

async function readSigned(file: FileHandle, key: Uint8Array): Promise<ReadState> {
  const start = await readStart(file);
  if (start === null) return { kind: 'unusable', reason: 'it does not begin as a state does' };
  const { header, bytes } = start;
  const length = bodyBytes(header);
  const { size } = await file.stat();
  if (size !== bytes.length + length + signatureBytes) return { kind: 'unusable', reason: 'it does not have the length it says' };
  const signature = createHmac('sha256', key).update(bytes);
  const rest = new Uint8Array(length + signatureBytes);
  let reading = readFully(file, rest.subarray(0, pieceBytes), bytes.length);
  for (let at = 0; at < rest.length; at += pieceBytes) {
    await reading;
    const next = at + pieceBytes;
    // The disk reads the next piece while this one is hashed.
    if (next < rest.length) reading = readFully(file, rest.subarray(next, next + pieceBytes), bytes.length + next);
    signature.update(rest.subarray(at, Math.max(at, Math.min(next, length))));
  }
  if (!timingSafeEqual(signature.digest(), rest.subarray(length))) return { kind: 'unusable', reason: 'its signature is wrong' };
  return { kind: 'whole', header, body: rest.subarray(0, length) };
}

/** The header and all bytes up to its end. */
async function readStart(file: FileHandle): Promise<{ readonly header: StateHeader; readonly bytes: Uint8Array } | null> {
  const preamble = Buffer.alloc(preambleBytes);
  await readFully(file, preamble, 0);
  const length = headerLength(preamble);
  if (length === null) return null;
  const json = Buffer.alloc(length);
  await readFully(file, json, preambleBytes);
  const header = readHeader(json);
  return header === null ? null : { header, bytes: Buffer.concat([preamble, json]) };
}

/** @throws Error when the file ends before */
async function readFully(file: FileHandle, target: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < target.length;) {
    const { bytesRead } = await file.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) throw new Error('it ends too soon');
    done += bytesRead;
  }
}

async function writeFully(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten;
}
