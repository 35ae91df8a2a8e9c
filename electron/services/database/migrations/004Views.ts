import type { Migration } from './migration.ts';

/**
 * How pictures were cut when they were first read, as JSON rectangles: the budgets that decided it change, and a message must stay the same prompt.
 * And what encoding a view takes on this machine: `view_ms` is a JSON list of the newest measurements, newest last.
 */
export const viewsMigration: Migration = {
  version: 4,
  up(database) {
    database.exec(`
      CREATE TABLE view_plans (
        message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        side INTEGER NOT NULL,
        crops TEXT NOT NULL,
        PRIMARY KEY (message_id, position, side)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE encoder_speeds (
        projector_sha256 TEXT NOT NULL,
        backend TEXT NOT NULL,
        side INTEGER NOT NULL,
        view_ms TEXT NOT NULL,
        measured_at INTEGER NOT NULL,
        PRIMARY KEY (projector_sha256, backend)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
