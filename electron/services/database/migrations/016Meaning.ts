import type { Migration } from './migration.ts';

/**
 * Models that only search, and what they made of chunks: vectors as bytes from -127 to 127, whose length says nothing. `meaning_tests` holds for each
 * content whose vectors are all there whether they find its own sentences, by the mean nDCG@10 with words alone, meaning
 * alone, and both.
 */
export const meaningMigration: Migration = {
  version: 16,
  up(database) {
    database.exec(`
      ALTER TABLE imported_models ADD COLUMN search INTEGER NOT NULL DEFAULT 0;
      CREATE TABLE chunk_vectors (
        chunk_id INTEGER NOT NULL REFERENCES chunks (id) ON DELETE CASCADE,
        model_sha256 TEXT NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (chunk_id, model_sha256)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE meaning_tests (
        sha256 TEXT NOT NULL,
        format TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        by_words REAL NOT NULL,
        by_meaning REAL NOT NULL,
        by_both REAL NOT NULL,
        trusted INTEGER NOT NULL,
        PRIMARY KEY (sha256, format, model_sha256),
        FOREIGN KEY (sha256, format) REFERENCES chunked_contents (sha256, format) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
