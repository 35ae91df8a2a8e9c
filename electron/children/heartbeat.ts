/** Milliseconds between two questions. */
const beatMs = 2_000;

/** Questions in a row without any sign of life before a child counts as hung: 20 s, more than the slowest start of a GPU backend seen. */
const missesAllowed = 10;

export interface Heartbeat {
  /** Any message of the child is a sign of life. */
  heard(): void;
  stop(): void;
}

/** Asks with `ping` and calls `hung` once when the child no longer says anything. Time in which this process itself slept does not count. */
export function startHeartbeat(ping: () => void, hung: (reason: string) => void): Heartbeat {
  let misses = 0;
  let lastBeat = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    const slept = now - lastBeat > 3 * beatMs;
    lastBeat = now;
    misses = slept ? 0 : misses + 1;
    if (misses <= missesAllowed) {
      ping();
      return;
    }
    clearInterval(timer);
    hung(`it did not answer for ${String((missesAllowed * beatMs) / 1000)} s`);
  }, beatMs);
  timer.unref();
  return {
    heard: () => {
      misses = 0;
    },
    stop: () => clearInterval(timer),
  };
}
