import BetterSqlite3, { type Database } from 'better-sqlite3';
import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { facetError } from '../../shared/errors.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations as allMigrations } from './migrations/migrations.ts';

/** The database as the stores use it. */
export type { Database } from 'better-sqlite3';

/** How long a statement waits for another process's transaction before it fails, in milliseconds. */
const busyTimeoutMs = 10_000;

/**
 * Opens the database at `path` (made when missing) and brings its schema up to date in one transaction. Several processes may have it open at once.
 * @throws FacetError dataTooNew when a newer Facet wrote it; SqliteError when the file is damaged or cannot be opened.
 */
export function openDatabase(path: string, migrations: readonly Migration[] = allMigrations): Database {
  keepPrivate(path);
  const database = new BetterSqlite3(path, { timeout: busyTimeoutMs });
  try {
    // FULL, not WAL's usual NORMAL: a committed question must survive a power cut.
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    // What a user deletes must not stay readable in free pages.
    database.pragma('secure_delete = ON');
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Makes the file readable by this user alone before anything is in it; SQLite gives the files beside it the same rights. In memory there is none. */
function keepPrivate(path: string): void {
  if (path === ':memory:' || process.platform === 'win32') return;
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch {
    // SQLite is about to fail on it too, with an error that is told.
    return;
  }
  // Folders that were there before may let others in, and older versions left the file as the system makes files.
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const facts = statSync(file, { throwIfNoEntry: false });
    if (facts !== undefined && (facts.mode & 0o077) !== 0 && facts.uid === process.getuid?.()) chmodSync(file, 0o600);
  }
}

/** Runs the missing steps. Holds the write lock from reading the version on, so two processes starting together do not both upgrade. */
function migrate(database: Database, migrations: readonly Migration[]): void {
  const readVersion = (): number => database.pragma('user_version', { simple: true }) as number;
  const newest = migrations.at(-1)?.version ?? 0;
  if (readVersion() === newest) return;
  database
    .transaction(() => {
      const version = readVersion();
      if (version > newest) throw facetError('dataTooNew', { path: database.name });
      for (const migration of migrations.filter((step) => step.version > version)) {
        migration.up(database);
        database.pragma(`user_version = ${String(migration.version)}`);
      }
    })
    .immediate();
}
