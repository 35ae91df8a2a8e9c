import BetterSqlite3 from 'better-sqlite3';
import { setTimeout as delay } from 'node:timers/promises';

/** How often a lock held elsewhere is tried again, in milliseconds. */
const pollMs = 100;

/**
 * A lock between processes that dies with the process that holds it: an exclusive transaction on a small database file of its own.
 * The operating system lets go of it after SIGKILL or a power cut, so it can never be left behind.
 * Within this process it is shared: it is let go of when everyone who took it has released it.
 */
export interface ProcessLock {
  /** True when it is held now. */
  tryAcquire(): boolean;
  /** Resolves when held. `waiting` is called once when it is not free at once. @throws the signal's reason when aborted while waiting */
  acquire(signal: AbortSignal, waiting: () => void): Promise<void>;
  /** Once for each time it was taken. */
  release(): void;
  /** Releases and closes the file. */
  close(): void;
}

export function openProcessLock(path: string): ProcessLock {
  const file = new BetterSqlite3(path, { timeout: 0 });
  let holders = 0;
  const tryAcquire = (): boolean => {
    try {
      if (holders === 0) file.exec('BEGIN EXCLUSIVE');
      holders += 1;
      return true;
    } catch (error) {
      if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false;
      throw error;
    }
  };
  const letGo = (): void => {
    holders = 0;
    if (file.open && file.inTransaction) file.exec('ROLLBACK');
  };
  return {
    tryAcquire,
    acquire: async (signal, waiting) => {
      signal.throwIfAborted();
      if (tryAcquire()) return;
      waiting();
      do await delay(pollMs, undefined, { signal });
      while (!tryAcquire());
    },
    release: () => {
      if (holders <= 1) letGo();
      else holders -= 1;
    },
    close: () => {
      letGo();
      file.close();
    },
  };
}
