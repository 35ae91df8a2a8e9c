import type { Migration } from './migration.ts';

/**
 * The library: pages of documents found by their words, and files that were removed a moment ago and can still come back (`removed_at`, in
 * milliseconds). Pages get a number of their own, since that is what a full-text index refers to.
 */
export const libraryMigration: Migration = {
  version: 11,
  up(database) {
    database.exec(`
      ALTER TABLE attachments ADD COLUMN removed_at INTEGER;

      CREATE TABLE numbered_pages (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL,
        format TEXT NOT NULL,
        page INTEGER NOT NULL,
        text TEXT NOT NULL,
        headings TEXT NOT NULL DEFAULT '[]',
        UNIQUE (sha256, format, page),
        FOREIGN KEY (sha256, format) REFERENCES readings (sha256, format) ON DELETE CASCADE
      ) STRICT;
      INSERT INTO numbered_pages (sha256, format, page, text, headings) SELECT sha256, format, page, text, headings FROM reading_pages;
      DROP TABLE reading_pages;
      ALTER TABLE numbered_pages RENAME TO reading_pages;

      CREATE VIRTUAL TABLE page_search USING fts5 (
        text, content = 'reading_pages', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
      );
      INSERT INTO page_search (page_search, rank) VALUES ('secure-delete', 1);
      INSERT INTO page_search (page_search) VALUES ('rebuild');
      CREATE TRIGGER pages_added AFTER INSERT ON reading_pages BEGIN
        INSERT INTO page_search (rowid, text) VALUES (new.id, new.text);
      END;
      CREATE TRIGGER pages_deleted AFTER DELETE ON reading_pages BEGIN
        INSERT INTO page_search (page_search, rowid, text) VALUES ('delete', old.id, old.text);
      END;
      CREATE TRIGGER pages_changed AFTER UPDATE OF text ON reading_pages BEGIN
        INSERT INTO page_search (page_search, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO page_search (rowid, text) VALUES (new.id, new.text);
      END;
    `);
  },
};
