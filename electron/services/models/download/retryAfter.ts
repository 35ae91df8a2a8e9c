import type { FacetError } from '../../../shared/errors.ts';
import type { HeadAnswer } from './webClient.ts';

/** Longer than this nobody sits and waits: the download fails, and says when to try again. */
export const longestRetryAfterMs = 60_000;

/** The cause of an error of a server that said how long to leave it alone. */
export class RetryAfter extends Error {
  /** Milliseconds. */
  readonly wait: number;

  constructor(wait: number) {
    super(`the server asks to be left alone for ${wait} ms`);
    this.name = 'RetryAfter';
    this.wait = wait;
  }
}

/** Milliseconds that an answer of 429 or 503 asks to wait, given as seconds or as a date; null when it does not say. */
export function retryAfterOf({ status, headers }: Pick<HeadAnswer, 'status' | 'headers'>, now = Date.now()): number | null {
  const value = headers['retry-after'];
  if ((status !== 429 && status !== 503) || value === undefined) return null;
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

/** What the error's server asked for; null when it asked for nothing. */
export function askedWait({ cause }: FacetError): number | null {
  return cause instanceof RetryAfter ? cause.wait : null;
}
