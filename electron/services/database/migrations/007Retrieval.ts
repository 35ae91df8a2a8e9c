import type { Migration } from './migration.ts';

/**
 * Chunks of documents by content, found by words; their text is in `reading_pages` from `start` to `end`, so the index keeps none of its own.
 * And what was read of its documents for each answer, as JSON, so that the conversation stays the same prompt.
 */
export const retrievalMigration: Migration = {
  version: 7,
  up(database) {
    database.exec(`
      CREATE TABLE chunked_contents (
        sha256 TEXT NOT NULL,
        format TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (sha256, format),
        FOREIGN KEY (sha256, format) REFERENCES readings (sha256, format) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE chunks (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL,
        format TEXT NOT NULL,
        page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        heading TEXT NOT NULL,
        FOREIGN KEY (sha256, format) REFERENCES chunked_contents (sha256, format) ON DELETE CASCADE
      ) STRICT;
      CREATE INDEX chunks_of_content ON chunks (sha256, format);

      CREATE VIRTUAL TABLE chunk_search USING fts5 (
        heading, text, content = '', contentless_delete = 1, tokenize = "porter unicode61 remove_diacritics 2"
      );
      INSERT INTO chunk_search (chunk_search, rank) VALUES ('secure-delete', 1);
      CREATE TRIGGER chunks_deleted AFTER DELETE ON chunks BEGIN
        DELETE FROM chunk_search WHERE rowid = old.id;
      END;

      CREATE TABLE answer_readings (
        message_id TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
        reading TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
