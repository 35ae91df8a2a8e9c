import BetterSqlite3, { type Database } from 'better-sqlite3';
import { existsSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { facetError } from '../../shared/errors.ts';
import { openDatabase } from './openDatabase.ts';

export interface OpenedDatabase {
  readonly database: Database;
  /** Sentences for the user about what was done to get it open. */
  readonly notices: readonly string[];
}

/**
 * Opens the database. With `check` (the last run did not end cleanly) its structure is checked first. A damaged file is kept beside it with the
 * ending `.corrupt` and a new one is begun; the notice says so.
 * @throws FacetError diskFailed when it is damaged while another run has it open.
 */
export function openOrRecover(path: string, { check, shared }: { readonly check: boolean; readonly shared: boolean }): OpenedDatabase {
  try {
    const database = openDatabase(path);
    const fault = check ? quickCheck(database) : null;
    if (fault === null) return { database, notices: [] };
    database.close();
    return startAnew(path, shared, fault);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return startAnew(path, shared, error.message);
  }
}

function startAnew(path: string, shared: boolean, fault: string): OpenedDatabase {
  if (shared) throw facetError('diskFailed', { path, reason: `it is damaged (${fault}) and another window of Facet has it open` });
  const kept = freeName(`${path}.corrupt`);
  renameSync(path, kept);
  for (const ending of ['-wal', '-shm']) if (existsSync(path + ending)) renameSync(path + ending, kept + ending);
  return {
    database: openDatabase(path),
    notices: [`The database was damaged (${fault}). It was kept as ${basename(kept)} in the data folder, and a new one was begun.`],
  };
}

/** The first fault, or null when there is none. */
function quickCheck(database: Database): string | null {
  try {
    const result = database.pragma('quick_check(1)', { simple: true });
    return result === 'ok' ? null : String(result);
  } catch (error) {
    if (isDamage(error)) return error.message;
    throw error;
  }
}

function isDamage(error: unknown): error is Error {
  return error instanceof BetterSqlite3.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB');
}

function freeName(path: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? path : `${path}-${String(number)}`;
    if (!existsSync(name)) return name;
  }
}
