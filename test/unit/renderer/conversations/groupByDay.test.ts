import { describe, expect, it } from 'vitest';
import type { ConversationSummary } from '../../../../electron/shared/conversations.ts';
import { groupByDay, startOfDay, type ListRow } from '../../../../renderer/features/conversations/groupByDay.ts';
import { nextRow } from '../../../../renderer/features/conversations/nextRow.ts';

const now = new Date(2026, 2, 29, 15, 30).getTime();
const at = (id: string, ...parts: [number, number, number, number, number]): ConversationSummary => {
  const updatedAt = new Date(...parts).getTime();
  return { id, title: id, titledBy: 'user', createdAt: updatedAt, updatedAt, opening: '' };
};
const words = (rows: readonly ListRow[]): readonly string[] =>
  rows.map((row) => (row.kind === 'day' ? `[${row.day}]` : row.conversation.id));

describe('groupByDay', () => {
  it('cuts at local midnight', () => {
    const conversations = [
      at('this minute', 2026, 2, 29, 15, 30),
      at('just after midnight', 2026, 2, 29, 0, 0),
      at('just before midnight', 2026, 2, 28, 23, 59),
      at('start of yesterday', 2026, 2, 28, 0, 0),
      at('the day before', 2026, 2, 27, 23, 59),
    ];
    expect(words(groupByDay(conversations, now))).toEqual([
      '[Today]',
      'this minute',
      'just after midnight',
      '[Yesterday]',
      'just before midnight',
      'start of yesterday',
      '[Earlier]',
      'the day before',
    ]);
  });

  it('leaves out days without conversations', () => {
    expect(words(groupByDay([at('old', 2025, 0, 1, 12, 0)], now))).toEqual(['[Earlier]', 'old']);
    expect(groupByDay([], now)).toEqual([]);
  });

  it('keeps a clock that ran ahead in today', () => {
    expect(words(groupByDay([at('tomorrow', 2026, 2, 30, 9, 0)], now))).toEqual(['[Today]', 'tomorrow']);
  });
});

describe('startOfDay', () => {
  it('counts calendar days over the ends of months', () => {
    expect(startOfDay(new Date(2026, 2, 1, 8).getTime(), -1)).toBe(new Date(2026, 1, 28).getTime());
    expect(startOfDay(new Date(2026, 11, 31, 8).getTime(), 1)).toBe(new Date(2027, 0, 1).getTime());
  });
});

describe('nextRow', () => {
  const rows = groupByDay([at('a', 2026, 2, 29, 9, 0), at('b', 2026, 2, 28, 9, 0), at('c', 2026, 1, 1, 9, 0)], now);

  it.each([
    ['a', 'ArrowDown', 'b'],
    ['b', 'ArrowUp', 'a'],
    ['b', 'Home', 'a'],
    ['a', 'End', 'c'],
    ['a', 'ArrowUp', null],
    ['c', 'ArrowDown', null],
    ['a', 'x', null],
    ['gone', 'ArrowDown', null],
  ])('from %s, %s leads to %s, over the headings', (from, key, to) => {
    expect(nextRow(rows, from, key)).toBe(to);
  });
});
