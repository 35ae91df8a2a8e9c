import type { Database } from 'better-sqlite3';

/** One numbered step of the schema. Steps run in order of `version`, each in the transaction of the whole upgrade, and never change once released. */
export interface Migration {
  /** Counted from 1, without gaps. */
  readonly version: number;
  up(database: Database): void;
}
