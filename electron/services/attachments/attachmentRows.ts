import type { Database } from '../database/openDatabase.ts';
import type { Attachment, AttachmentState } from '../../shared/attachments.ts';
import { facetError } from '../../shared/errors.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly created_at: number;
  readonly state: string;
}

/** The attachments table. Hidden rows are in no list and cannot be got, until they are shown again. */
export interface AttachmentRows {
  /** In the order they were added. */
  list(): readonly Attachment[];
  /** @throws FacetError notFound */
  get(id: string): Attachment;
  add(attachment: Attachment): void;
  /** False when the attachment is gone or hidden. */
  setState(id: string, state: AttachmentState): boolean;
  remove(id: string): void;
  /** True while any attachment has this content. */
  hasContent(sha256: string): boolean;
  /** True when a message, of a removed conversation too, refers to it. */
  isUsed(id: string): boolean;
  /** Older than `time` and in no message. */
  unusedBefore(time: number): readonly string[];
  /** Takes it out of the list; what is kept of it stays until it is dropped. */
  hide(id: string, time: number): void;
  /** Brings it back. @throws FacetError notFound when it was dropped */
  show(id: string): Attachment;
  /** Hidden at `time` or before. */
  hiddenUntil(time: number): readonly Attachment[];
}

export function createAttachmentRows(database: Database): AttachmentRows {
  const all = database.prepare<[], Row>(
    'SELECT id, name, bytes, sha256, created_at, state FROM attachments WHERE removed_at IS NULL ORDER BY ordinal',
  );
  const one = database.prepare<[string], Row>(
    'SELECT id, name, bytes, sha256, created_at, state FROM attachments WHERE id = ? AND removed_at IS NULL',
  );
  const insert = database.prepare('INSERT INTO attachments (id, name, bytes, sha256, created_at, state) VALUES (?, ?, ?, ?, ?, ?)');
  const update = database.prepare('UPDATE attachments SET state = ? WHERE id = ? AND removed_at IS NULL');
  const drop = database.prepare('DELETE FROM attachments WHERE id = ?');
  const content = database.prepare('SELECT 1 FROM attachments WHERE sha256 = ? LIMIT 1');
  const use = database.prepare('SELECT 1 FROM message_attachments WHERE attachment_id = ? LIMIT 1');
  const unused = database.prepare<[number], { readonly id: string }>(
    'SELECT id FROM attachments WHERE created_at < ? AND removed_at IS NULL AND id NOT IN (SELECT attachment_id FROM message_attachments)',
  );
  const hide = database.prepare<[number, string]>('UPDATE attachments SET removed_at = ? WHERE id = ?');
  const show = database.prepare<[string]>('UPDATE attachments SET removed_at = NULL WHERE id = ?');
  const hidden = database.prepare<[number], Row>(
    'SELECT id, name, bytes, sha256, created_at, state FROM attachments WHERE removed_at <= ? ORDER BY ordinal',
  );
  const get = (id: string): Attachment => {
    const row = one.get(id);
    if (row === undefined) throw facetError('notFound', { what: 'attachment', id });
    return fromRow(row);
  };
  return {
    list: () => all.all().map(fromRow),
    get,
    add: ({ id, name, bytes, sha256, createdAt, state }) => void insert.run(id, name, bytes, sha256, createdAt, JSON.stringify(state)),
    setState: (id, state) => update.run(JSON.stringify(state), id).changes > 0,
    remove: (id) => void drop.run(id),
    hasContent: (sha256) => content.get(sha256) !== undefined,
    isUsed: (id) => use.get(id) !== undefined,
    unusedBefore: (time) => unused.all(time).map((row) => row.id),
    hide: (id, time) => void hide.run(time, id),
    show: (id) => {
      show.run(id);
      return get(id);
    },
    hiddenUntil: (time) => hidden.all(time).map(fromRow),
  };
}

function fromRow(row: Row): Attachment {
  const state = JSON.parse(row.state) as AttachmentState;
  return { id: row.id, name: row.name, bytes: row.bytes, sha256: row.sha256, createdAt: row.created_at, state };
}
