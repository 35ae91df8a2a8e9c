import { setTimeout as sleep } from 'node:timers/promises';
import { FacetError } from '../../../shared/errors.ts';
import { askedWait, longestRetryAfterMs } from './retryAfter.ts';
import { pauseAfter, type RetryPolicy } from './retryPolicy.ts';

/** Answers that a second try would only repeat. */
const finalReasons = /^HTTP 4(?!08|25|29)|not allowed|redirects|encoding|instead of|not an address|does not say/;

/**
 * Tries again after cuts and stalls.
 * @param progress whether bytes have come since it was asked last
 * @throws the last error when it is final or nothing has come for too long; AbortError
 */
export async function persistently<T>(
  retry: RetryPolicy,
  progress: () => boolean,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  let fruitless = 0;
  let anything = false;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      // Whatever the connection says when it is ended from here.
      signal.throwIfAborted();
      if (!(error instanceof FacetError) || isFinal(error)) throw error;
      const came = progress();
      anything ||= came;
      fruitless = came ? 0 : fruitless + 1;
      const pause = pauseAfter(retry, fruitless, anything);
      const asked = askedWait(error) ?? 0;
      if (pause === null || asked > longestRetryAfterMs) throw error;
      await sleep(Math.max(pause, asked), undefined, { signal });
    }
  }
}

function isFinal({ data }: FacetError): boolean {
  return data.code !== 'networkFailed' || finalReasons.test(data.details.reason);
}
