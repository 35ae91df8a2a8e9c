import BetterSqlite3 from 'better-sqlite3';
import type { Requests } from '../../shared/contract.ts';
import { facetError } from '../../shared/errors.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';

/** What people can do something about, by the start of SQLite's code. */
const reasons: readonly (readonly [code: string, reason: string])[] = [
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR', 'the disk reported an error'],
  ['SQLITE_READONLY', 'this user may not write to it'],
  ['SQLITE_CANTOPEN', 'it could not be opened; this user may not write to its folder, or the disk is full'],
  ['SQLITE_BUSY', 'another program keeps it locked'],
];

/** A database error that is the disk's as `diskFailed`; every other error as it is. `path` is the database's. */
export function storageError(error: unknown, path: string): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  const known = reasons.find(([code]) => error.code.startsWith(code));
  return known === undefined ? error : facetError('diskFailed', { path, reason: known[1] }, error);
}

/** Runs `work` with the database's errors told as the disk's. @throws what `storageError` makes of them */
export function withStorageErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageError(error, path);
  }
}

/** The same handlers, whose database errors are told as the disk's. */
export function handlersWithStorageErrors(path: string, handlers: RequestHandlers<Requests>): RequestHandlers<Requests> {
  const wrapped = Object.entries(handlers).map(([name, handler]) => {
    const run = handler as (params: unknown, signal: AbortSignal) => unknown;
    const told = (params: unknown, signal: AbortSignal): unknown => {
      const result = withStorageErrors(path, () => run(params, signal));
      if (!(result instanceof Promise)) return result;
      return result.catch((error: unknown) => {
        throw storageError(error, path);
      });
    };
    return [name, told];
  });
  return Object.fromEntries(wrapped) as RequestHandlers<Requests>;
}
