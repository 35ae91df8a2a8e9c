import type { Migration } from './migration.ts';

/** Which views were encoded, so that after a restart they need neither decoding nor encoding: `view_sha256` is of the pixels, the embedding's key. */
export const encodedViewsMigration: Migration = {
  version: 6,
  up(database) {
    database.exec(`
      CREATE TABLE encoded_views (
        content_sha256 TEXT NOT NULL,
        view TEXT NOT NULL,
        projector_sha256 TEXT NOT NULL,
        view_sha256 TEXT NOT NULL,
        PRIMARY KEY (content_sha256, view, projector_sha256)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
