import BetterSqlite3 from 'better-sqlite3';
import type { Database } from './openDatabase.ts';

/**
 * Reads something out of a database without changing anything, for commands that need no services.
 * @returns null when there is nothing to read: no database yet, or one of an earlier version
 */
export function readOnlyDatabase<T>(path: string, read: (database: Database) => T): T | null {
  let database: BetterSqlite3.Database | null = null;
  try {
    database = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
    return read(database);
  } catch (error) {
    // A folder that is not there is a TypeError of the library's.
    if (error instanceof BetterSqlite3.SqliteError || error instanceof TypeError) return null;
    throw error;
  } finally {
    database?.close();
  }
}
