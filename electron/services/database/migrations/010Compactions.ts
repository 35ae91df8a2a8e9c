import type { Migration } from './migration.ts';

/** Summaries that are read in place of older turns; see Compaction in shared/conversations.ts. */
export const compactionsMigration: Migration = {
  version: 10,
  up(database) {
    database.exec(`
      CREATE TABLE compactions (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        after_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        messages INTEGER NOT NULL,
        summary TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        model TEXT NOT NULL
      ) STRICT;
      CREATE INDEX compactions_of_conversation ON compactions (conversation_id, ordinal);
    `);
  },
};
