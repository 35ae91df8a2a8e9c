import { app } from 'electron';
import { endingMs } from '../services/ending.ts';

/** Holds the end of the app back until `close` has put everything away, or has had its time. */
export function drainBeforeQuit(close: () => Promise<void>, log: (line: string) => void): void {
  let state: 'running' | 'draining' | 'drained' = 'running';
  app.on('will-quit', (event) => {
    if (state === 'drained') return;
    event.preventDefault();
    if (state === 'draining') return;
    state = 'draining';
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        log(`closing took longer than ${String(endingMs / 1000)} s`);
        resolve();
      }, endingMs);
    });
    void Promise.race([close(), limit])
      .catch((error: unknown) => log(`closing failed: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        clearTimeout(timer);
        state = 'drained';
        app.quit();
      });
  });
}
