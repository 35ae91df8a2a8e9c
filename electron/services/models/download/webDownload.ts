import { createHash } from 'node:crypto';
import { facetError } from '../../../shared/errors.ts';
import { refused } from './fileFacts.ts';
import { fetchPiece, type PieceFetch, type RangeOutcome } from './fetchPiece.ts';
import { persistently } from './persistently.ts';
import { openPieceFile, type PieceFile } from './pieceFile.ts';
import { lengthOf, pieceBytesOf, type Piece } from './pieces.ts';
import type { RetryPolicy } from './retryPolicy.ts';
import type { Throttle } from './throttle.ts';
import type { BodyAnswer, WebClient } from './webClient.ts';

/** As many as the hub serves well; more would only fight each other for the line. */
const connections = 4;
/** A file that has changed so often while it was fetched is not going to come. */
const mostStarts = 4;

export interface WebDownload {
  readonly client: WebClient;
  readonly url: string;
  /** For messages. */
  readonly name: string;
  readonly bytes: number;
  /** What the whole must be; null when nobody knows it. */
  readonly sha256: string | null;
  /** The server itself says that it has these bytes, so that wrong ones are a fault on the way and are worth fetching again. */
  readonly serverAgrees: boolean;
  readonly partPath: string;
  readonly journalPath: string;
  readonly throttle: Throttle;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal;
  readonly onReceived: (bytes: number) => void;
}

/**
 * Fetches a file in pieces over several connections, going on where an earlier try stopped, and gives it the name that `target` makes of its hash.
 * @returns its sha256. @throws FacetError networkFailed, checksumMismatch, diskFull, diskFailed, or AbortError
 */
export async function downloadFromWeb(download: WebDownload, target: (sha256: string) => string): Promise<string> {
  const { url, bytes, sha256, partPath, journalPath, signal } = download;
  const file = await openPieceFile(partPath, journalPath, { url, bytes, pieceBytes: pieceBytesOf(bytes) });
  try {
    let starts = 1;
    let repaired = false;
    for (;;) {
      download.onReceived(file.received());
      if ((await fetchMissing(download, file)) === 'startAgain') {
        if (starts++ === mostStarts)
          throw facetError('networkFailed', { host: new URL(url).host, reason: 'the file keeps changing on the server' });
        await file.restart(null);
        continue;
      }
      const actual = await file.check(signal);
      // Some pieces are not on the disk as they were received; they come again.
      if (actual === null) continue;
      if (sha256 === null || actual === sha256) {
        await file.finish(target(actual));
        return actual;
      }
      if (!repaired && download.serverAgrees && (await repair(download, file))) {
        repaired = true;
        continue;
      }
      await file.restart(null);
      throw facetError('checksumMismatch', { file: download.name, expected: sha256, actual });
    }
  } finally {
    await file.close();
  }
}

/** Until nothing is missing. */
async function fetchMissing(download: WebDownload, file: PieceFile): Promise<'complete' | 'startAgain'> {
  const stop = new AbortController();
  const signal = AbortSignal.any([download.signal, stop.signal]);
  const taken = new Set<number>();
  /** Until the first answer has told that the server knows ranges, nobody else asks. */
  const ranges = Promise.withResolvers<null>();
  let alone = true;
  const fetch: PieceFetch = {
    client: download.client,
    file,
    throttle: download.throttle,
    signal,
    isAlone: () => alone,
    onRanges: () => {
      alone = false;
      ranges.resolve(null);
    },
    onReceived: () => download.onReceived(file.received()),
  };
  const connection = async (): Promise<'complete' | 'startAgain'> => {
    for (;;) {
      const piece = file.missing().find(({ index }) => !taken.has(index));
      if (piece === undefined) return 'complete';
      taken.add(piece.index);
      const before = { bytes: file.received() };
      const outcome = await persistently<RangeOutcome>(
        download.retry,
        () => progressed(file, before),
        signal,
        () => fetchPiece(fetch, piece),
      );
      if (outcome === 'startAgain') return 'startAgain';
      taken.delete(piece.index);
      // What is wrong on the disk shows early; how it went is asked for at the end.
      file.check(signal).catch(() => undefined);
    }
  };
  const first = connection().finally(() => ranges.resolve(null));
  const all = [first, ...Array.from({ length: connections - 1 }, () => ranges.promise.then(connection))];
  const restart = all.map(async (one) => (await one) === 'startAgain' || new Promise<never>(() => undefined));
  try {
    // The first to fail, or to find that the file must come again, ends the others.
    const outcome = await Promise.race([Promise.all(all), ...restart]);
    return outcome === true || outcome.includes('startAgain') ? 'startAgain' : 'complete';
  } finally {
    stop.abort();
    await Promise.allSettled(all);
  }
}

/** Whether bytes have come since the last time this was asked. */
function progressed(file: PieceFile, before: { bytes: number }): boolean {
  const now = file.received();
  const came = now > before.bytes;
  before.bytes = now;
  return came;
}

/**
 * Every piece is on the disk as it came, and the whole is wrong: something on the way changed bytes. Fetches the pieces again and keeps those that come
 * otherwise now. @returns whether the whole is right then
 */
async function repair(download: WebDownload, file: PieceFile): Promise<boolean> {
  const { client, url, signal, retry, throttle, sha256 } = download;
  for (const piece of file.pieces) {
    const bytes = await persistently(
      retry,
      () => false,
      signal,
      async () => {
        const answer = await client.get({ url, range: { from: piece.from, to: piece.to }, etag: null, signal });
        return readWhole(answer, piece, throttle, signal);
      },
    );
    if (createHash('sha256').update(bytes).digest('hex') === file.hashOf(piece)) continue;
    await file.reset(piece);
    await file.append(piece, bytes);
    if ((await file.check(signal)) === sha256) return true;
  }
  return false;
}

async function readWhole(answer: BodyAnswer, piece: Piece, throttle: Throttle, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    if (answer.status !== 206) throw refused(answer);
    for await (const bytes of answer.body) {
      await throttle.take(bytes.length, signal);
      length += bytes.length;
      parts.push(bytes);
      if (length > lengthOf(piece)) break;
    }
  } finally {
    answer.discard();
  }
  if (length !== lengthOf(piece)) throw facetError('networkFailed', { host: answer.host, reason: 'the connection ended early' });
  return Buffer.concat(parts);
}
