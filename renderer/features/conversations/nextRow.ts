import type { ListRow } from './groupByDay.ts';

/** The conversation that an arrow key, Home or End leads to; null when the key leads nowhere. */
export function nextRow(rows: readonly ListRow[], fromId: string, key: string): string | null {
  const ids = rows.flatMap((row) => (row.kind === 'conversation' ? [row.conversation.id] : []));
  const from = ids.indexOf(fromId);
  if (from < 0) return null;
  switch (key) {
    case 'ArrowDown':
      return ids[from + 1] ?? null;
    case 'ArrowUp':
      return ids[from - 1] ?? null;
    case 'Home':
      return ids[0] ?? null;
    case 'End':
      return ids.at(-1) ?? null;
    default:
      return null;
  }
}
