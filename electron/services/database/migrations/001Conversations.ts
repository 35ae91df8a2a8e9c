import type { Migration } from './migration.ts';

/**
 * Conversations, their message trees, what answers were made of, and settings.
 * `searchable` is 0 while an answer is being written, so that its frequent saves do not rewrite the index.
 */
export const conversationsMigration: Migration = {
  version: 1,
  up(database) {
    database.exec(`
      CREATE TABLE conversations (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL DEFAULT '',
        titled_by TEXT NOT NULL DEFAULT 'nobody' CHECK (titled_by IN ('nobody', 'model', 'user')),
        system TEXT NOT NULL DEFAULT '',
        head_id TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        removed_at INTEGER
      ) STRICT;
      CREATE INDEX conversations_newest ON conversations (updated_at DESC) WHERE removed_at IS NULL;

      CREATE TABLE messages (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        parent_id TEXT REFERENCES messages (id),
        role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
        created_at INTEGER NOT NULL,
        text TEXT NOT NULL,
        state TEXT CHECK ((state IS NULL) = (role = 'user')),
        session_id TEXT,
        searchable INTEGER NOT NULL DEFAULT 1
      ) STRICT;
      CREATE INDEX messages_of_conversation ON messages (conversation_id, ordinal);
      CREATE INDEX messages_of_parent ON messages (parent_id);
      CREATE INDEX messages_being_written ON messages (session_id) WHERE session_id IS NOT NULL;

      CREATE TABLE message_attachments (
        message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        attachment_id TEXT NOT NULL,
        pan_scan TEXT NOT NULL,
        regions TEXT NOT NULL,
        PRIMARY KEY (message_id, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX message_attachments_by_attachment ON message_attachments (attachment_id);

      CREATE TABLE answer_tokens (
        message_id TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
        model_sha256 TEXT NOT NULL,
        raw_text TEXT NOT NULL,
        ids BLOB
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE settings (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE VIRTUAL TABLE message_search USING fts5 (
        text, content = 'messages', content_rowid = 'ordinal', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
      );
      INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1);
      CREATE TRIGGER messages_added AFTER INSERT ON messages WHEN new.searchable = 1 BEGIN
        INSERT INTO message_search (rowid, text) VALUES (new.ordinal, new.text);
      END;
      CREATE TRIGGER messages_deleted AFTER DELETE ON messages WHEN old.searchable = 1 BEGIN
        INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.ordinal, old.text);
      END;
      CREATE TRIGGER messages_changed AFTER UPDATE OF text, searchable ON messages BEGIN
        INSERT INTO message_search (message_search, rowid, text) SELECT 'delete', old.ordinal, old.text WHERE old.searchable = 1;
        INSERT INTO message_search (rowid, text) SELECT new.ordinal, new.text WHERE new.searchable = 1;
      END;

      CREATE VIRTUAL TABLE title_search USING fts5 (
        title, content = 'conversations', content_rowid = 'ordinal', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
      );
      INSERT INTO title_search (title_search, rank) VALUES ('secure-delete', 1);
      CREATE TRIGGER conversations_added AFTER INSERT ON conversations BEGIN
        INSERT INTO title_search (rowid, title) VALUES (new.ordinal, new.title);
      END;
      CREATE TRIGGER conversations_deleted AFTER DELETE ON conversations BEGIN
        INSERT INTO title_search (title_search, rowid, title) VALUES ('delete', old.ordinal, old.title);
      END;
      CREATE TRIGGER conversations_retitled AFTER UPDATE OF title ON conversations BEGIN
        INSERT INTO title_search (title_search, rowid, title) VALUES ('delete', old.ordinal, old.title);
        INSERT INTO title_search (rowid, title) VALUES (new.ordinal, new.title);
      END;
    `);
  },
};
