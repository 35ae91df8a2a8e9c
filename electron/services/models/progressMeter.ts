/** Between two announcements, in milliseconds: at most four a second. */
const announceMs = 250;
/** Speed is measured over about this long. */
const windowMs = 3_000;

export interface ProgressMeter {
  /** Tells the bytes held so far; announces when the last time is long enough ago. */
  report(receivedBytes: number): void;
  bytesPerSecond(): number;
}

/** Thins out progress and measures its speed. `now` is in milliseconds. */
export function createProgressMeter(announce: () => void, now: () => number = () => performance.now()): ProgressMeter {
  let samples: { readonly time: number; readonly bytes: number }[] = [];
  let announcedAt = -Infinity;
  return {
    report(bytes) {
      const time = now();
      if (time - announcedAt < announceMs) return;
      const previous = samples.at(-1);
      // After a restart the count goes back; an old sample would give a negative speed.
      samples = previous !== undefined && previous.bytes > bytes ? [] : samples.filter((sample) => time - sample.time <= windowMs);
      samples.push({ time, bytes });
      announcedAt = time;
      announce();
    },
    bytesPerSecond() {
      const first = samples[0];
      const last = samples.at(-1);
      if (first === undefined || last === undefined || last.time === first.time) return 0;
      return Math.round(((last.bytes - first.bytes) * 1000) / (last.time - first.time));
    },
  };
}
