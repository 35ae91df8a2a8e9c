import type { Migration } from './migration.ts';

/** How a model did with a quantised KV cache on this machine; `fault` is empty where it did well. */
export const cacheTestsMigration: Migration = {
  version: 9,
  up(database) {
    database.exec(`
      CREATE TABLE cache_tests (
        model_sha256 TEXT NOT NULL,
        cache_type TEXT NOT NULL,
        gpu TEXT NOT NULL,
        fault TEXT NOT NULL,
        PRIMARY KEY (model_sha256, cache_type, gpu)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
