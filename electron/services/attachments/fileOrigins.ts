import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Attachment } from '../../shared/attachments.ts';
import type { Database } from '../database/openDatabase.ts';
import { hashFile } from '../models/hashFile.ts';

/** A file of this machine as it was when it was added. */
export interface FileOrigin {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** Where attachments came from, and which of those files have changed since. */
export interface FileOrigins {
  get(attachmentId: string): FileOrigin | null;
  save(attachmentId: string, origin: FileOrigin): void;
  /** What is known of its file: which it is, and whether it was found changed. */
  facts(attachmentId: string): Pick<Attachment, 'fileKey' | 'changedOnDisk'>;
  /** Looks at the file; true when it is found changed for the first time. One that is gone or cannot be read is not changed. */
  look(attachment: Pick<Attachment, 'id' | 'sha256'>): Promise<boolean>;
}

interface Row {
  readonly path: string;
  readonly bytes: number;
  readonly modified_at: number;
}

export function createFileOrigins(database: Database): FileOrigins {
  const one = database.prepare<[string], Row>('SELECT path, bytes, modified_at FROM attachment_origins WHERE attachment_id = ?');
  const insert = database.prepare<[string, string, number, number]>(
    'INSERT OR REPLACE INTO attachment_origins (attachment_id, path, bytes, modified_at) VALUES (?, ?, ?, ?)',
  );
  /** Found changed in this run. */
  const changed = new Set<string>();

  const get = (id: string): FileOrigin | null => {
    const row = one.get(id);
    return row === undefined ? null : { path: row.path, bytes: row.bytes, modifiedAt: row.modified_at };
  };
  const save = (id: string, { path, bytes, modifiedAt }: FileOrigin): void => void insert.run(id, path, bytes, modifiedAt);

  return {
    get,
    save,
    facts: (id) => {
      const origin = get(id);
      return { ...(origin === null ? {} : { fileKey: keyOf(origin.path) }), ...(changed.has(id) ? { changedOnDisk: true } : {}) };
    },
    look: async ({ id, sha256 }) => {
      const origin = get(id);
      if (origin === null || changed.has(id)) return false;
      try {
        const { size, mtimeMs } = await stat(origin.path);
        if (size === origin.bytes && mtimeMs === origin.modifiedAt) return false;
        if (size === origin.bytes && (await hashFile(origin.path)) === sha256) {
          // Only touched: the next look need not hash it.
          save(id, { ...origin, modifiedAt: mtimeMs });
          return false;
        }
        changed.add(id);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Tells files apart without naming their place. */
function keyOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
