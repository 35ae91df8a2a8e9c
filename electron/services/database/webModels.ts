import type { Database } from 'better-sqlite3';

/** A download that the user began by giving its address. */
export interface WebModel {
  readonly id: string;
  readonly url: string;
  /** The last part of the address, for people. */
  readonly name: string;
  /** As the user gave them; null where they gave none. */
  readonly bytes: number | null;
  readonly sha256: string | null;
}

export interface WebModels {
  list(): readonly WebModel[];
  save(model: WebModel): void;
  /** False when there was none. */
  remove(id: string): boolean;
}

export function createWebModels(database: Database): WebModels {
  const all = database.prepare<[], WebModel>('SELECT * FROM web_models ORDER BY name, id');
  const write = database.prepare('INSERT OR REPLACE INTO web_models VALUES (@id, @url, @name, @bytes, @sha256)');
  const drop = database.prepare('DELETE FROM web_models WHERE id = ?');
  return {
    list: () => all.all(),
    save: (model) => void write.run(model),
    remove: (id) => drop.run(id).changes > 0,
  };
}
