import type { Database } from 'better-sqlite3';

/** What a server has said of a file. */
export interface LearnedFile {
  readonly bytes: number | null;
  /** Lower-case hex. A claim until the file was hashed; the file is stored under its hash only then. */
  readonly sha256: string | null;
  /** Commit of the hub that it came from. */
  readonly revision: string | null;
}

export interface LearnedFiles {
  get(url: string): LearnedFile | null;
  /** What is null leaves what was known. */
  save(url: string, file: LearnedFile): void;
}

/** By address, for all processes of one data folder. */
export function createLearnedFiles(database: Database): LearnedFiles {
  const one = database.prepare<[string], LearnedFile>('SELECT bytes, sha256, revision FROM learned_files WHERE url = ?');
  const write = database.prepare<[string, number | null, string | null, string | null]>(`
    INSERT INTO learned_files VALUES (?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET
      bytes = coalesce(excluded.bytes, bytes), sha256 = coalesce(excluded.sha256, sha256), revision = coalesce(excluded.revision, revision)`);
  return {
    get: (url) => one.get(url) ?? null,
    save: (url, { bytes, sha256, revision }) => void write.run(url, bytes, sha256, revision),
  };
}
