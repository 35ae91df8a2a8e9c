import { setTimeout as sleep } from 'node:timers/promises';
import { FacetError, facetError } from '../../shared/errors.ts';
import { readJournal, removeJournal, writeJournal } from './downloadJournal.ts';
import { type BodyResponse, requestBody } from './httpBody.ts';
import type { ExpectedFile, PartialFile } from './partialFile.ts';

/** How long and how often to try. Milliseconds. */
export interface RetryPolicy {
  readonly stallMs: number;
  /** Attempts in a row that bring no new byte before the download fails. */
  readonly fruitlessAttempts: number;
  /** Doubles with each fruitless attempt. */
  readonly firstPauseMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { stallMs: 20_000, fruitlessAttempts: 3, firstPauseMs: 500 };

export interface WebDownload {
  readonly url: string;
  readonly expected: ExpectedFile;
  readonly partial: PartialFile;
  readonly journalPath: string;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal;
  readonly onReceived: (bytes: number) => void;
}

/**
 * Brings `partial` to its full length, resuming what is there and going on after cuts and stalls.
 * @throws FacetError networkFailed, checksumMismatch, diskFull, diskFailed, or AbortError
 */
export async function downloadFromWeb(download: WebDownload): Promise<void> {
  const { partial, expected, retry, signal } = download;
  let fruitless = 0;
  while (partial.received() < expected.bytes) {
    const before = partial.received();
    try {
      await receive(download);
    } catch (error) {
      const retryable = error instanceof FacetError && error.data.code === 'networkFailed' && !isFinal(error);
      fruitless = partial.received() > before ? 0 : fruitless + 1;
      if (!retryable || fruitless >= retry.fruitlessAttempts) throw error;
      await sleep(retry.firstPauseMs * 2 ** fruitless, undefined, { signal });
    }
  }
  await removeJournal(download.journalPath);
}

/** Answers that a second try would only repeat. */
const finalReasons = /^HTTP 4(?!08|25|29)|not allowed|redirects/;
function isFinal(error: FacetError): boolean {
  return error.data.code === 'networkFailed' && finalReasons.test(error.data.details.reason);
}

async function receive(download: WebDownload): Promise<void> {
  const { partial, expected, url, signal, retry } = download;
  const journal = await readJournal(download.journalPath);
  if (partial.received() > 0 && journal?.url !== url) await partial.restart();
  const from = partial.received();
  const response = await requestBody({ url, from, etag: journal?.etag ?? null, stallMs: retry.stallMs, signal });
  try {
    await position(response, partial, expected, from);
    await writeJournal(download.journalPath, { url, etag: strongEtag(response) });
    for await (const piece of response.body) {
      await partial.append(piece);
      download.onReceived(partial.received());
    }
  } finally {
    response.discard();
  }
  if (partial.received() < expected.bytes) throw facetError('networkFailed', { host: response.host, reason: 'the connection ended early' });
}

/** Puts `partial` where the response's body begins, or refuses the response. */
async function position(response: BodyResponse, partial: PartialFile, expected: ExpectedFile, from: number): Promise<void> {
  const refuse = (reason: string): never => {
    throw facetError('networkFailed', { host: response.host, reason });
  };
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') refuse(`the file was sent with encoding ${encoding}`);
  if (response.status === 206 && from > 0) {
    const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers['content-range'] ?? '');
    const fits = range !== null && Number(range[1]) === from && Number(range[3]) === expected.bytes && Number(range[2]) < expected.bytes;
    if (fits) return;
    await partial.restart();
    refuse(`the server sent other bytes than were asked for (${response.headers['content-range'] ?? 'no range'})`);
  }
  if (response.status === 416) {
    await partial.restart();
    refuse('the server does not have the rest of the file');
  }
  if (response.status !== 200) refuse(`HTTP ${response.status}`);
  // The file changed, or the server cannot resume: everything comes again.
  await partial.restart();
  const length = response.headers['content-length'];
  if (length !== undefined && Number(length) !== expected.bytes)
    refuse(`the server's file has ${length} bytes instead of ${expected.bytes}`);
}

function strongEtag(response: BodyResponse): string | null {
  const { etag } = response.headers;
  return etag?.startsWith('"') === true ? etag : null;
}
