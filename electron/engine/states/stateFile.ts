import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newPartName } from '../cacheFolder.ts';
import { type StateHeader, bodyBytes, headerLength, preambleBytes, readHeader, writeHeader } from './stateHeader.ts';
import { createBodyMac, isSeal, newSalt, sealBytes, sealOf, saltOf } from './stateSeal.ts';

// A state on disk: header, body (tokens, checkpoints, state), and the seal over both.

/** Read or written at a time while another piece is authenticated. */
const pieceBytes = 2 * 1024 * 1024;
/** Pieces on their way from the disk: more than one, since filling fresh memory takes a core longer than authenticating what is in it. */
const piecesAhead = 3;

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
      await writeSealed(file, state);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writeSealed(file: FileHandle, { header, body, key, signal }: Parameters<typeof writeStateFile>[1]): Promise<void> {
  const salt = newSalt();
  const mac = createBodyMac(key, salt);
  const first = writeHeader(header);
  await writeFully(file, first);
  for (let at = 0; at < body.length; at += pieceBytes) {
    signal.throwIfAborted();
    const piece = body.subarray(at, at + pieceBytes);
    // The disk writes one piece while it is authenticated.
    const written = writeFully(file, piece);
    mac.update(piece);
    await written;
  }
  // Not synced: a file that a power cut tore fails its seal.
  await writeFully(file, sealOf(key, { header: first, salt, tag: mac.tag() }));
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

/** A state whose seal was checked, or why there is none. */
export type ReadState =
  | { readonly kind: 'whole'; readonly header: StateHeader; readonly body: Uint8Array }
  | { readonly kind: 'unusable'; readonly reason: string };

/**
 * Reads a state and checks its seal: what it returns is, byte for byte, what this installation wrote. Never throws. `fresh` is handed the memory that
 * is about to be filled.
 */
export async function readStateFile(
  path: string,
  key: Uint8Array,
  fresh: (body: Uint8Array) => void = () => undefined,
): Promise<ReadState> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return { kind: 'unusable', reason: 'it cannot be opened' };
  try {
    return await readSealed(file, key, fresh);
  } catch (error) {
    return { kind: 'unusable', reason: String(error) };
  } finally {
    await file.close();
  }
}

async function readSealed(file: FileHandle, key: Uint8Array, fresh: (body: Uint8Array) => void): Promise<ReadState> {
  const start = await readStart(file);
  if (start === null) return { kind: 'unusable', reason: 'it does not begin as a state does' };
  const { header, bytes } = start;
  const length = bodyBytes(header);
  const { size } = await file.stat();
  if (size !== bytes.length + length + sealBytes) return { kind: 'unusable', reason: 'it does not have the length it says' };
  const seal = new Uint8Array(sealBytes);
  await readFully(file, seal, bytes.length + length);
  const body = new Uint8Array(length);
  fresh(body);
  const mac = createBodyMac(key, saltOf(seal));
  await readInPieces(file, body, bytes.length, mac.update);
  if (!isSeal(seal, key, { header: bytes, tag: mac.tag() })) return { kind: 'unusable', reason: 'its signature is wrong' };
  return { kind: 'whole', header, body };
}

/** Fills `target` from `position` on and hands over its pieces in their order as soon as they are there. @throws Error when the file ends before */
async function readInPieces(file: FileHandle, target: Uint8Array, position: number, take: (piece: Uint8Array) => void): Promise<void> {
  const count = Math.ceil(target.length / pieceBytes);
  const pieceAt = (index: number): Uint8Array => target.subarray(index * pieceBytes, (index + 1) * pieceBytes);
  const reads: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    while (reads.length < Math.min(count, index + piecesAhead)) {
      const reading = readFully(file, pieceAt(reads.length), position + reads.length * pieceBytes);
      // Nobody waits for those behind one that fails.
      reading.catch(() => undefined);
      reads.push(reading);
    }
    await reads[index];
    take(pieceAt(index));
  }
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
