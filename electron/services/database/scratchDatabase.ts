import BetterSqlite3 from 'better-sqlite3';
import type { Database } from './openDatabase.ts';

/** A database in memory for one computation; whoever opens it closes it. */
export function openScratchDatabase(): Database {
  return new BetterSqlite3(':memory:');
}
