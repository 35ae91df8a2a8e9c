import { existsSync } from 'node:fs';
import { facetError } from '../../shared/errors.ts';
import { openProcessLock, type ProcessLock } from '../locks/processLock.ts';

/** Whoever only looks whether a lock is free holds it for a moment; one who wants it waits that out. Milliseconds. */
const patienceMs = 1_000;

/** Holds `path` until `close`. Two processes of Facet may share a data folder. @throws FacetError busy, naming `what`; AbortError */
export async function takeFileLock(path: string, what: string, signal: AbortSignal): Promise<ProcessLock> {
  const lock = openProcessLock(path);
  const patience = AbortSignal.timeout(patienceMs);
  try {
    await lock.acquire(AbortSignal.any([signal, patience]), () => undefined);
    return lock;
  } catch (error) {
    lock.close();
    if (patience.aborted && !signal.aborted) throw facetError('busy', { what }, error);
    throw error;
  }
}

/** True while a process holds the lock. The file stays behind when it is free. */
export function isLocked(path: string): boolean {
  if (!existsSync(path)) return false;
  const lock = openProcessLock(path);
  try {
    return !lock.tryAcquire();
  } finally {
    lock.close();
  }
}
