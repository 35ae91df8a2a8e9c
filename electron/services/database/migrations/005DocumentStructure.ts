import type { Migration } from './migration.ts';

/** What a reading knows of a document besides its text: headings of each page, and tables, both as JSON. */
export const documentStructureMigration: Migration = {
  version: 5,
  up(database) {
    database.exec(`
      ALTER TABLE reading_pages ADD COLUMN headings TEXT NOT NULL DEFAULT '[]';

      CREATE TABLE reading_tables (
        sha256 TEXT NOT NULL,
        format TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (sha256, format, ordinal),
        FOREIGN KEY (sha256, format) REFERENCES readings (sha256, format) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
