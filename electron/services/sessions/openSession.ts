import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessLock, openProcessLock } from '../locks/processLock.ts';
import { newId } from '../newId.ts';

/** One run of Facet on a data folder. Its lock file stays behind only when the run did not end cleanly. */
export interface Session {
  readonly id: string;
  /** Other runs that are alive on this folder. */
  readonly alive: readonly string[];
  /** Runs that ended without closing. */
  readonly abandoned: readonly string[];
  /** Runs that are alive on this folder right now, this one included. */
  living(): readonly string[];
  /** Call when what the abandoned runs left has been put in order. */
  forgetAbandoned(): void;
  close(): void;
}

const suffix = '.lock';

export function openSession(dataFolder: string): Session {
  const folder = join(dataFolder, 'sessions');
  mkdirSync(folder, { recursive: true });
  const alive: string[] = [];
  const abandoned = new Map<string, ProcessLock>();
  const listed = (): readonly string[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length));
  for (const id of listed()) {
    const lock = openProcessLock(join(folder, `${id}${suffix}`));
    // Held until it is forgotten, so that of two runs starting together only one takes it for abandoned.
    if (lock.tryAcquire()) abandoned.set(id, lock);
    else {
      alive.push(id);
      lock.close();
    }
  }
  const id = newId();
  const own = join(folder, `${id}${suffix}`);
  const beingMade = join(folder, `${id}.new`);
  const ownLock = openProcessLock(beingMade);
  ownLock.tryAcquire();
  // Renamed once it is held: another run must never see it free.
  renameSync(beingMade, own);
  const remove = (sessionId: string, lock: ProcessLock): void => {
    lock.close();
    rmSync(join(folder, `${sessionId}${suffix}`), { force: true });
  };
  return {
    id,
    alive,
    abandoned: [...abandoned.keys()],
    living: () => listed().filter((other) => other === id || isHeld(join(folder, `${other}${suffix}`))),
    forgetAbandoned: () => {
      for (const [sessionId, lock] of abandoned) remove(sessionId, lock);
      abandoned.clear();
    },
    close: () => {
      for (const lock of abandoned.values()) lock.close();
      remove(id, ownLock);
    },
  };
}

function isHeld(path: string): boolean {
  const lock = openProcessLock(path);
  const held = !lock.tryAcquire();
  lock.close();
  return held;
}
