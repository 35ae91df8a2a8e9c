import type { Migration } from './migration.ts';

/**
 * Models taken in place by path. Downloaded ones need no row: a file named after its hash is there only when it was verified.
 * `*_changed_at` is the file's modification time in milliseconds; with the size it tells that the file is still the one that was hashed.
 */
export const modelsMigration: Migration = {
  version: 2,
  up(database) {
    database.exec(`
      CREATE TABLE imported_models (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        size TEXT NOT NULL,
        quantisation TEXT NOT NULL,
        profile TEXT NOT NULL CHECK (profile IN ('turns', 'transcript')),
        context_limit INTEGER NOT NULL,
        notes TEXT NOT NULL,
        licence TEXT NOT NULL,
        text_path TEXT NOT NULL,
        text_bytes INTEGER NOT NULL,
        text_changed_at REAL NOT NULL,
        text_sha256 TEXT NOT NULL,
        projector_path TEXT,
        projector_bytes INTEGER,
        projector_changed_at REAL,
        projector_sha256 TEXT
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
