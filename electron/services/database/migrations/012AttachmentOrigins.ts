import type { Migration } from './migration.ts';

/**
 * Where files were added from on this machine, as they were then: a change is noticed by size and time, and proved by hash.
 */
export const attachmentOriginsMigration: Migration = {
  version: 12,
  up(database) {
    database.exec(`
      CREATE TABLE attachment_origins (
        attachment_id TEXT PRIMARY KEY REFERENCES attachments (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        modified_at REAL NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
