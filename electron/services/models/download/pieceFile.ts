import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskError } from '../../disk/diskErrors.ts';
import { syncFolder } from '../../disk/syncFolder.ts';
import { type DownloadJournal, type JournalHead, openJournal, type PieceState, readJournal } from './downloadJournal.ts';
import { lengthOf, type Piece, piecesOf } from './pieces.ts';

/** After so many bytes of a piece the journal is told: what a killed process may lose of each connection. A small file would feel it more. */
const noteBytesOf = (pieceBytes: number): number => Math.min(512 * 1024, Math.max(64 * 1024, pieceBytes / 32));
const readBytes = 1024 ** 2;

/** A file that fills up piece by piece, in any order, and becomes visible under its final name only when it is whole. */
export interface PieceFile {
  readonly head: JournalHead;
  readonly pieces: readonly Piece[];
  /** By which the server tells versions of the file apart; null while nothing has come, and from servers that send none. */
  etag(): string | null;
  /** Bytes held of the whole file. */
  received(): number;
  /** Bytes held of one piece. */
  receivedOf(piece: Piece): number;
  missing(): readonly Piece[];
  /** sha256 of a complete piece as it was received; null of others. */
  hashOf(piece: Piece): string | null;
  /** Adds to the end of a piece. @throws RangeError for more than the piece has room for; FacetError diskFull, diskFailed */
  append(piece: Piece, bytes: Uint8Array): Promise<void>;
  /** Throws away everything; the bytes that come from now on are of this version. */
  restart(etag: string | null): Promise<void>;
  /** The bytes that come from now on are of this version. */
  setEtag(etag: string | null): Promise<void>;
  /** Throws away what was received of a piece. */
  reset(piece: Piece): Promise<void>;
  /**
   * Reads complete pieces back, from the start on, so that the hash of the whole is there soon after the last byte; one that is not on the disk as it was
   * received is reset. Calls queue. @returns the sha256 of the whole once every piece was read back, else null. @throws FacetError diskFailed, or AbortError
   */
  check(signal: AbortSignal): Promise<string | null>;
  /** Flushes and renames. The journal stays, so that a piece that goes bad later can be told. */
  finish(target: string): Promise<void>;
  /** Keeps the bytes for the next time. Harmless after `finish`. */
  close(): Promise<void>;
}

/**
 * Opens `path` with its journal; the caller names both after the content or the address. Bytes that belong to a file of another size are thrown away.
 * @throws FacetError diskFull, diskFailed
 */
export async function openPieceFile(path: string, journalPath: string, head: JournalHead): Promise<PieceFile> {
  const fail = async (error: unknown): Promise<never> => {
    throw await diskError(error, path, head.bytes - received());
  };
  const pieces = piecesOf(head.bytes, head.pieceBytes);
  const noteBytes = noteBytesOf(head.pieceBytes);
  const states = new Map<number, PieceState>();
  const hashes = new Map<number, Hash>();
  const noted = new Map<number, number>();
  /** The pieces before this one were read back, and went into `whole`. */
  let checked = 0;
  let whole = createHash('sha256');
  let checking: Promise<string | null> = Promise.resolve(null);
  let isOpen = true;
  const received = (): number => [...states.values()].reduce((total, state) => total + state.received, 0);

  let etag: string | null = null;
  const known = readJournal(journalPath);
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600).catch(fail);
  const { journal } = await begin().catch(async (error: unknown) => {
    await handle.close();
    return fail(error);
  });

  async function begin(): Promise<{ readonly journal: DownloadJournal }> {
    const { size } = await handle.stat();
    if (known !== null && known.head.bytes === head.bytes && known.head.pieceBytes === head.pieceBytes) {
      // The same content from another place has an ETag of its own.
      etag = known.head.url === head.url ? known.etag : null;
      for (const piece of pieces) {
        const state = known.pieces.get(piece.index);
        if (state === undefined || state.received > lengthOf(piece) || piece.from + state.received > size) continue;
        states.set(piece.index, state);
      }
    } else if (size > 0) await handle.truncate(0);
    return { journal: await openJournal(journalPath, { head, etag, pieces: states }) };
  }
  const stateOf = (piece: Piece): PieceState => states.get(piece.index) ?? { received: 0, sha256: null };
  const note = async (piece: Piece, state: PieceState): Promise<void> => {
    noted.set(piece.index, state.received);
    await journal.note(piece.index, state).catch(fail);
  };
  const reset = async (piece: Piece): Promise<void> => {
    if (piece.index < checked) {
      checked = 0;
      whole = createHash('sha256');
    }
    states.delete(piece.index);
    hashes.delete(piece.index);
    await note(piece, { received: 0, sha256: null });
  };
  const advance = async (signal: AbortSignal): Promise<string | null> => {
    for (let piece = pieces[checked]; piece !== undefined; piece = pieces[checked]) {
      const expected = stateOf(piece).sha256;
      if (expected === null) return null;
      const own = createHash('sha256');
      const further = whole.copy();
      for await (const bytes of readRange(handle, piece.from, lengthOf(piece))) {
        signal.throwIfAborted();
        own.update(bytes);
        further.update(bytes);
      }
      if (own.digest('hex') !== expected) {
        await reset(piece);
        return null;
      }
      whole = further;
      checked += 1;
    }
    return whole.copy().digest('hex');
  };
  /** The running hash of a piece; what an earlier process received of it is read back first. */
  const hashFor = async (piece: Piece): Promise<Hash> => {
    const running = hashes.get(piece.index);
    if (running !== undefined) return running;
    const hash = createHash('sha256');
    for await (const bytes of readRange(handle, piece.from, stateOf(piece).received)) hash.update(bytes);
    hashes.set(piece.index, hash);
    return hash;
  };
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await checking.catch(() => undefined);
    for (const piece of pieces) {
      const state = states.get(piece.index);
      if (state?.sha256 === null && state.received !== (noted.get(piece.index) ?? 0)) {
        await journal.note(piece.index, state).catch(() => undefined);
      }
    }
    await journal.close();
    await handle.sync().catch(() => undefined);
    await handle.close();
  };

  return {
    head,
    pieces,
    etag: () => etag,
    received,
    receivedOf: (piece) => stateOf(piece).received,
    missing: () => pieces.filter((piece) => stateOf(piece).sha256 === null),
    hashOf: (piece) => stateOf(piece).sha256,
    async setEtag(next) {
      etag = next;
      await journal.noteEtag(next).catch(fail);
    },
    async restart(next) {
      for (const piece of pieces) if (stateOf(piece).received > 0) await reset(piece);
      await handle.truncate(0).catch(fail);
      etag = next;
      await journal.noteEtag(next).catch(fail);
    },
    reset,
    close,
    async append(piece, bytes) {
      const before = stateOf(piece).received;
      if (before + bytes.length > lengthOf(piece)) throw new RangeError(`more than ${lengthOf(piece)} bytes for a piece`);
      const hash = await hashFor(piece).catch(fail);
      await writeAll(handle, bytes, piece.from + before).catch(fail);
      hash.update(bytes);
      const now = before + bytes.length;
      const complete = now === lengthOf(piece);
      const state = { received: now, sha256: complete ? hash.digest('hex') : null };
      states.set(piece.index, state);
      if (complete) hashes.delete(piece.index);
      if (complete || now - (noted.get(piece.index) ?? 0) >= noteBytes) await note(piece, state);
    },
    check(signal) {
      checking = checking.catch(() => undefined).then(() => advance(signal));
      return checking;
    },
    async finish(target) {
      await handle.sync().catch(fail);
      await close();
      await rename(path, target).catch(fail);
      await syncFolder(dirname(target)).catch(fail);
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}

/** Stops early where the file ends. */
async function* readRange(handle: FileHandle, from: number, length: number): AsyncIterable<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(length, readBytes));
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, length - done), from + done);
    if (bytesRead === 0) return;
    done += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
