import { type FacetError, facetError } from '../../../shared/errors.ts';
import { refused } from './fileFacts.ts';
import type { PieceFile } from './pieceFile.ts';
import { lengthOf, type Piece } from './pieces.ts';
import type { Throttle } from './throttle.ts';
import type { BodyAnswer, WebClient } from './webClient.ts';

export interface PieceFetch {
  readonly client: WebClient;
  readonly file: PieceFile;
  readonly throttle: Throttle;
  readonly signal: AbortSignal;
  /** Whether no other connection fetches for this file. */
  readonly isAlone: () => boolean;
  /** The server does give ranges: others may come. */
  readonly onRanges: () => void;
  /** Bytes were added to the file, or taken from it. */
  readonly onReceived: () => void;
}

/** How a server answered a range: with it, with the whole file from its start, or with what does not go with the bytes that are here. */
export type RangeOutcome = 'ranges' | 'whole' | 'startAgain';

/**
 * Fetches what is missing of one piece. Bytes that came before a cut stay. A server that sends the whole file instead is taken at that when no other
 * connection is at work: then all pieces come in one answer.
 * @throws FacetError networkFailed, diskFull, diskFailed, or AbortError
 */
export async function fetchPiece(fetch: PieceFetch, piece: Piece): Promise<RangeOutcome> {
  const { client, file, signal } = fetch;
  // A whole answer that was cut off may have filled it.
  if (file.hashOf(piece) !== null) return 'ranges';
  const from = piece.from + file.receivedOf(piece);
  const answer = await client.get({ url: file.head.url, range: { from, to: piece.to }, etag: file.etag(), signal });
  try {
    const outcome = judge(answer, file, from, piece);
    if (outcome === 'ranges') {
      if (file.etag() === null && file.received() === 0) await file.setEtag(strongEtag(answer));
      fetch.onRanges();
      await fillPiece(fetch, answer, piece);
      return outcome;
    }
    if (outcome === 'startAgain' || !fetch.isAlone()) return 'startAgain';
    await file.restart(strongEtag(answer));
    await fillAll(fetch, answer);
    return outcome;
  } finally {
    answer.discard();
  }
}

function judge(answer: BodyAnswer, file: PieceFile, from: number, piece: Piece): RangeOutcome {
  const { status, headers } = answer;
  const { bytes } = file.head;
  const etag = file.etag();
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw refuse(answer, `the file was sent with encoding ${encoding}`);
  const given = strongEtag(answer);
  if (status === 206) {
    const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '');
    const fits = range !== null && Number(range[1]) === from && Number(range[2]) <= piece.to;
    if (!fits) throw refuse(answer, `the server sent other bytes than were asked for (${headers['content-range'] ?? 'no range'})`);
    if (Number(range[3]) !== bytes) throw refuse(answer, `the server's file has ${range[3] ?? ''} bytes instead of ${bytes}`);
    return etag !== null && given !== null && given !== etag ? 'startAgain' : 'ranges';
  }
  if (status === 416) throw refuse(answer, 'the server does not have the rest of the file');
  if (status !== 200) throw refused(answer);
  const length = headers['content-length'];
  if (length !== undefined && Number(length) !== bytes) throw refuse(answer, `the server's file has ${length} bytes instead of ${bytes}`);
  // Another version, or a server that knows no ranges.
  return 'whole';
}

async function fillPiece(fetch: PieceFetch, answer: BodyAnswer, piece: Piece): Promise<void> {
  const { file, throttle, signal, onReceived } = fetch;
  for await (const bytes of answer.body) {
    const room = lengthOf(piece) - file.receivedOf(piece);
    if (bytes.length > room) {
      await file.reset(piece);
      throw refuse(answer, 'the server sent more bytes than were asked for');
    }
    await throttle.take(bytes.length, signal);
    await file.append(piece, bytes);
    onReceived();
  }
  if (file.hashOf(piece) === null) throw refuse(answer, 'the connection ended early');
}

async function fillAll(fetch: PieceFetch, answer: BodyAnswer): Promise<void> {
  const { file, throttle, signal, onReceived } = fetch;
  for await (const bytes of answer.body) {
    await throttle.take(bytes.length, signal);
    let rest: Uint8Array = bytes;
    while (rest.length > 0) {
      const piece = file.missing()[0];
      if (piece === undefined) throw refuse(answer, 'the server sent more bytes than were asked for');
      const taken = rest.subarray(0, lengthOf(piece) - file.receivedOf(piece));
      await file.append(piece, taken);
      rest = rest.subarray(taken.length);
    }
    onReceived();
  }
  if (file.missing().length > 0) throw refuse(answer, 'the connection ended early');
}

/** The answer's ETag when it stands for the bytes themselves. */
function strongEtag({ headers }: Pick<BodyAnswer, 'headers'>): string | null {
  return headers.etag?.startsWith('"') === true ? headers.etag : null;
}

function refuse({ host }: BodyAnswer, reason: string): FacetError {
  return facetError('networkFailed', { host, reason });
}
