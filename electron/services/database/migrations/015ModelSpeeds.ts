import type { Migration } from './migration.ts';

/** What was measured of models' runs on this machine: the newest observations of each kind and bucket, as JSON, oldest first. */
export const modelSpeedsMigration: Migration = {
  version: 15,
  up(database) {
    database.exec(`
      CREATE TABLE model_speeds (
        model_sha256 TEXT NOT NULL,
        backend TEXT NOT NULL,
        threads INTEGER NOT NULL,
        cache_type TEXT NOT NULL,
        kind TEXT NOT NULL,
        bucket TEXT NOT NULL,
        observations TEXT NOT NULL,
        measured_at INTEGER NOT NULL,
        PRIMARY KEY (model_sha256, backend, threads, cache_type, kind, bucket)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
