import BetterSqlite3 from 'better-sqlite3';
import { facetError } from '../../shared/errors.ts';

/** What people can do something about, by the start of SQLite's code. */
const reasons: readonly (readonly [code: string, reason: string])[] = [
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR', 'the disk reported an error'],
  ['SQLITE_READONLY', 'this user may not write to it'],
  ['SQLITE_BUSY', 'another program keeps it locked'],
];

/** A database error that is the disk's as `diskFailed`; every other error as it is. `path` is the database's. */
export function storageError(error: unknown, path: string): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  const known = reasons.find(([code]) => error.code.startsWith(code));
  return known === undefined ? error : facetError('diskFailed', { path, reason: known[1] }, error);
}
