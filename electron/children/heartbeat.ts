/** Milliseconds between two questions. */
export const beatMs = 2_000;

/** Questions in a row without any sign of life before a child counts as hung: 20 s, more than the slowest start of a GPU backend seen. */
const missesAllowed = 10;

/** What was heard of a child since the beat before. */
export interface Beat {
  /** Processor time that it has used so far, in milliseconds; null when it has not answered. */
  readonly cpuMs: number | null;
}

export interface HeartbeatOptions {
  readonly ping: () => void;
  /** Called with each beat. Time in which this process itself slept makes none. */
  readonly beat: (beat: Beat) => void;
  /** Called once when the child no longer says anything, and the last that is; null for one that is never given up. */
  readonly hung: ((reason: string) => void) | null;
  /** For tests: another time between two questions, in milliseconds. */
  readonly everyMs?: number;
}

export interface Heartbeat {
  /** Any message of the child is a sign of life; an answer to the ping says what it used of the processor. */
  heard(cpuMs?: number): void;
  stop(): void;
}

/** Asks with `ping`, and tells what comes. */
export function startHeartbeat({ ping, beat, hung, everyMs = beatMs }: HeartbeatOptions): Heartbeat {
  let misses = 0;
  let lastBeat = Date.now();
  let cpuMs: number | null = null;
  const timer = setInterval(() => {
    const now = Date.now();
    const slept = now - lastBeat > 3 * everyMs;
    lastBeat = now;
    misses = slept ? 0 : misses + 1;
    if (!slept) beat({ cpuMs });
    cpuMs = null;
    if (hung === null || misses <= missesAllowed) {
      ping();
      return;
    }
    clearInterval(timer);
    hung(`it did not answer for ${String((missesAllowed * everyMs) / 1000)} s`);
  }, everyMs);
  timer.unref();
  return {
    heard: (used) => {
      misses = 0;
      cpuMs = used ?? cpuMs;
    },
    stop: () => clearInterval(timer),
  };
}
