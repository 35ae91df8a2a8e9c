import type { Migration } from './migration.ts';

/** Servers that answer in the place of this computer, and the conversations whose content may be sent to each. */
export const modelServersMigration: Migration = {
  version: 13,
  up(database) {
    database.exec(`
      CREATE TABLE model_servers (
        id TEXT PRIMARY KEY,
        address TEXT NOT NULL,
        model TEXT NOT NULL,
        context_tokens INTEGER NOT NULL,
        vision_side INTEGER,
        vision_tokens INTEGER
      ) STRICT;
      CREATE TABLE server_consents (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        server_id TEXT NOT NULL REFERENCES model_servers (id) ON DELETE CASCADE,
        PRIMARY KEY (conversation_id, server_id)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
