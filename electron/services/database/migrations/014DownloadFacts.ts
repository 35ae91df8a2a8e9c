import type { Migration } from './migration.ts';

/**
 * What servers have said of files that the catalogue does not know by hash or size, by the address they come from; and downloads that the user began by
 * giving an address. `sha256` and `bytes` are null until they are known.
 */
export const downloadFactsMigration: Migration = {
  version: 14,
  up(database) {
    database.exec(`
      CREATE TABLE learned_files (
        url TEXT PRIMARY KEY,
        bytes INTEGER,
        sha256 TEXT,
        revision TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE web_models (
        id TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        name TEXT NOT NULL,
        bytes INTEGER,
        sha256 TEXT
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
