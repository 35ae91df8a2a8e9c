import type { Migration } from './migration.ts';

/**
 * Files that were dropped, and what was read from each content. `attachments.state` is the AttachmentState as JSON.
 * Readings belong to a content and the format it was read as, not to an attachment, so that nothing is read twice; `version` is that of the reader
 * that made them.
 */
export const attachmentsMigration: Migration = {
  version: 3,
  up(database) {
    database.exec(`
      CREATE TABLE attachments (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        state TEXT NOT NULL
      ) STRICT;
      CREATE INDEX attachments_of_content ON attachments (sha256);

      CREATE TABLE readings (
        sha256 TEXT NOT NULL,
        format TEXT NOT NULL,
        version INTEGER NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY (sha256, format)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE reading_pages (
        sha256 TEXT NOT NULL,
        format TEXT NOT NULL,
        page INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (sha256, format, page),
        FOREIGN KEY (sha256, format) REFERENCES readings (sha256, format) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
