import { writeSync } from 'node:fs';
import { readerLimits } from './readerLimits.ts';

/** Exit code of a reader that took too much memory. */
export const memoryExitCode = 71;

/**
 * Ends this process when it holds more memory than a reader may. JavaScript's heap has its own limit; this one is for the decoders, whose threads
 * leave the event loop free to look. Returns the end of the watch.
 */
export function guardMemory(limit: number = readerLimits.residentBytes): () => void {
  const timer = setInterval(() => {
    const resident = process.memoryUsage.rss();
    if (resident <= limit) return;
    writeSync(2, `error: the file needed more than ${(limit / 2 ** 30).toFixed(1)} GB of memory\n`);
    process.exit(memoryExitCode);
  }, 250);
  timer.unref();
  return () => clearInterval(timer);
}
