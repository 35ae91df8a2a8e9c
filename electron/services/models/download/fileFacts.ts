import { durationInWords } from '../../../shared/durationInWords.ts';
import { type FacetError, facetError } from '../../../shared/errors.ts';
import { RetryAfter, retryAfterOf } from './retryAfter.ts';
import type { HeadAnswer, WebClient } from './webClient.ts';

/** What a server says of a file before any of it is sent. */
export interface FileFacts {
  /** Null when the server does not say it. */
  readonly bytes: number | null;
  /** Lower-case hex, as the hub keeps it of its large files; null elsewhere. A claim: the bytes are hashed all the same. */
  readonly sha256: string | null;
  /** The commit that the hub serves the file from. */
  readonly revision: string | null;
}

const nothing: FileFacts = { bytes: null, sha256: null, revision: null };

/**
 * Asks for a file's headers without following redirects: behind them other headers would come, of the host that stores the bytes.
 * @throws FacetError networkFailed, or AbortError
 */
export async function askFileFacts(client: WebClient, url: string, signal: AbortSignal): Promise<FileFacts> {
  const answer = await client.head(url, signal);
  const { status, headers } = answer;
  // Servers that do not know HEAD say the same with the first bytes.
  if (status === 405 || status === 501) return nothing;
  if (status >= 400) throw refused(answer);
  const etag = /^(?:W\/)?"?([0-9a-f]{64})"?$/i.exec(text(headers['x-linked-etag']))?.[1] ?? null;
  const size = text(headers['x-linked-size']) || (status === 200 ? text(headers['content-length']) : '');
  return {
    bytes: /^[1-9]\d{0,14}$/.test(size) ? Number(size) : null,
    sha256: etag?.toLowerCase() ?? null,
    revision: /^[0-9a-f]{40}$/.exec(text(headers['x-repo-commit']))?.[0] ?? null,
  };
}

/** The size of a file whose headers do not tell it, by asking for its first byte. @throws FacetError networkFailed, or AbortError */
export async function askBytes(client: WebClient, url: string, signal: AbortSignal): Promise<number> {
  const answer = await client.get({ url, range: { from: 0, to: 0 }, etag: null, signal });
  answer.discard();
  const { status, headers, host } = answer;
  if (status >= 400) throw refused(answer);
  const size = status === 206 ? /\/(\d+)$/.exec(text(headers['content-range']))?.[1] : text(headers['content-length']);
  if (size === undefined || !/^[1-9]\d{0,14}$/.test(size)) {
    throw facetError('networkFailed', { host, reason: 'the server does not say how large the file is' });
  }
  return Number(size);
}

/** The error of a server that gave no file, with how long it asks to be left alone. */
export function refused(answer: Pick<HeadAnswer, 'status' | 'headers' | 'host'>): FacetError {
  const wait = retryAfterOf(answer);
  return facetError(
    'networkFailed',
    { host: answer.host, reason: refusal(answer, wait) },
    wait === null ? undefined : new RetryAfter(wait),
  );
}

/** Why a server gave no file, in one clause. */
function refusal({ status, headers }: Pick<HeadAnswer, 'status' | 'headers'>, wait: number | null): string {
  if (status === 401 || status === 403) {
    return text(headers['x-error-code']) === 'GatedRepo'
      ? `HTTP ${status}: the file is behind a licence that its publisher asks for; accept it there and give Facet your access token`
      : `HTTP ${status}: the server wants a sign-in`;
  }
  const later = wait === null || wait < 1_000 ? 'try again later' : `try again in ${durationInWords(wait)}`;
  if (status === 404 || status === 410) return `HTTP ${status}: the server has no such file`;
  if (status === 429) return `HTTP 429: the server has been asked too often; ${later}`;
  if (status >= 500) return `HTTP ${status}: the server has a fault of its own; ${later}`;
  return `HTTP ${status}`;
}

function text(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
