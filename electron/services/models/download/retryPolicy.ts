/** How long and how often to try. */
export interface RetryPolicy {
  /** Longest silence of a server, in milliseconds. */
  readonly stallMs: number;
  /** Attempts of a connection in a row that bring no byte before the download fails, while nothing has come at all. */
  readonly firstAttempts: number;
  /** The same once something has come: a computer that moves to another network is offline for a while. */
  readonly laterAttempts: number;
  /** Milliseconds; doubles with each fruitless attempt. */
  readonly firstPauseMs: number;
  /** Milliseconds. */
  readonly longestPauseMs: number;
}

/** Gives up after 1.5 seconds at the start, so that another source can be tried, and after about a minute later. */
export const defaultRetryPolicy: RetryPolicy = {
  stallMs: 20_000,
  firstAttempts: 3,
  laterAttempts: 9,
  firstPauseMs: 500,
  longestPauseMs: 15_000,
};

/** Milliseconds to wait after so many fruitless attempts; null to give up. */
export function pauseAfter(policy: RetryPolicy, fruitless: number, anythingCame: boolean): number | null {
  if (fruitless >= (anythingCame ? policy.laterAttempts : policy.firstAttempts)) return null;
  return Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** Math.max(0, fruitless - 1));
}
