import type { Rect } from '../../shared/attachments.ts';
import type { Database } from '../database/openDatabase.ts';
import { storageError } from '../database/storageError.ts';

/** Raised when the same file and rectangle give other pixels than before, because decoding or resizing changed. */
const pixelsVersion = 2;

/** One view of a picture. */
export interface NamedView {
  /** Of the picture's file. */
  readonly contentSha256: string;
  /** Null is the whole picture. */
  readonly rect: Rect | null;
  /** In pixels. */
  readonly side: number;
}

/** Views that a projector has encoded here, in any run of Facet. Their embeddings are the engine's to keep: it may have dropped some. */
export interface EncodedViews {
  /** Key of the view's pixels, whichever projector encoded them; null when it was never made. */
  key(view: NamedView): string | null;
  isEncoded(view: NamedView, projectorSha256: string): boolean;
  /** @throws FacetError diskFailed */
  add(view: NamedView, projectorSha256: string, key: string): void;
  /** The engine does not have it any more. @throws FacetError diskFailed */
  forget(view: NamedView, projectorSha256: string): void;
}

/** Also forgets the views of files that are in no chat any more. */
export function createEncodedViews(database: Database): EncodedViews {
  const ofAny = database.prepare<[string, string], { readonly view_sha256: string }>(
    'SELECT view_sha256 FROM encoded_views WHERE content_sha256 = ? AND view = ? LIMIT 1',
  );
  const one = database.prepare('SELECT 1 FROM encoded_views WHERE content_sha256 = ? AND view = ? AND projector_sha256 = ?');
  const insert = database.prepare(
    'INSERT OR REPLACE INTO encoded_views (content_sha256, view, projector_sha256, view_sha256) VALUES (?, ?, ?, ?)',
  );
  const drop = database.prepare('DELETE FROM encoded_views WHERE content_sha256 = ? AND view = ? AND projector_sha256 = ?');
  const write = (change: () => unknown): void => {
    try {
      change();
    } catch (error) {
      throw storageError(error, database.name);
    }
  };
  write(() => database.exec('DELETE FROM encoded_views WHERE content_sha256 NOT IN (SELECT sha256 FROM attachments)'));
  return {
    key: (view) => ofAny.get(view.contentSha256, nameOf(view))?.view_sha256 ?? null,
    isEncoded: (view, projectorSha256) => one.get(view.contentSha256, nameOf(view), projectorSha256) !== undefined,
    add: (view, projectorSha256, key) => write(() => insert.run(view.contentSha256, nameOf(view), projectorSha256, key)),
    forget: (view, projectorSha256) => write(() => drop.run(view.contentSha256, nameOf(view), projectorSha256)),
  };
}

function nameOf({ rect, side }: NamedView): string {
  return [pixelsVersion, side, ...(rect === null ? ['whole'] : [rect.x, rect.y, rect.width, rect.height])].join('/');
}
