import type { Database } from '../database/openDatabase.ts';
import type { Rect } from '../../shared/attachments.ts';

/** A use of an attachment: in which message, and at which place in its list. */
export interface UsePlace {
  readonly messageId: string;
  readonly position: number;
}

/** How the pictures of sent messages were cut when they were first read by a model whose views have this side. */
export interface ViewPlanStore {
  get(place: UsePlace, side: number): readonly Rect[] | null;
  /** The first plan stays. */
  keep(place: UsePlace, side: number, crops: readonly Rect[]): void;
}

export function createViewPlanStore(database: Database): ViewPlanStore {
  const one = database.prepare<[string, number, number], { readonly crops: string }>(
    'SELECT crops FROM view_plans WHERE message_id = ? AND position = ? AND side = ?',
  );
  const insert = database.prepare<[string, number, number, string]>(
    'INSERT OR IGNORE INTO view_plans (message_id, position, side, crops) VALUES (?, ?, ?, ?)',
  );
  return {
    get: ({ messageId, position }, side) => {
      const row = one.get(messageId, position, side);
      return row === undefined ? null : (JSON.parse(row.crops) as readonly Rect[]);
    },
    keep: ({ messageId, position }, side, crops) => void insert.run(messageId, position, side, JSON.stringify(crops)),
  };
}
