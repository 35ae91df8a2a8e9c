import type { Migration } from './migration.ts';

/** "Not chosen" was kept as the default of 1 until now; it is null from here on, so that a 1 that someone chooses counts. */
export const chosenTemperatureMigration: Migration = {
  version: 8,
  up(database) {
    database.exec(`
      UPDATE settings SET value = json_set(value, '$.temperature', NULL)
      WHERE key = 'sampling' AND json_extract(value, '$.temperature') = 1;
    `);
  },
};
