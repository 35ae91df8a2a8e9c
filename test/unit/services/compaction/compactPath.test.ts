import { expect, test } from 'vitest';
import { compactPath } from '../../../../electron/services/compaction/compactPath.ts';
import { compactableTurns } from '../../../../electron/services/compaction/compactableTurns.ts';
import { groupTurns } from '../../../../electron/services/compaction/groupTurns.ts';
import type { Compaction, Message } from '../../../../electron/shared/conversations.ts';

/** Questions and answers in turns: q1 a1 q2 a2 … */
function branch(turns: number): readonly Message[] {
  return Array.from({ length: turns }, (_, index) => {
    const n = String(index + 1);
    const base = { conversationId: 'c', createdAt: 0 };
    return [
      {
        ...base,
        id: `q${n}`,
        parentId: index === 0 ? null : `a${String(index)}`,
        text: `question ${n}`,
        role: 'user' as const,
        attachments: [],
      },
      {
        ...base,
        id: `a${n}`,
        parentId: `q${n}`,
        text: `answer ${n}`,
        role: 'assistant' as const,
        state: { kind: 'cancelled' as const, receipt: null },
      },
    ];
  }).flat();
}

function compaction(id: string, afterId: string, messages: number): Compaction {
  return { id, conversationId: 'c', afterId, messages, summary: `summary ${id}`, createdAt: 0, model: 'M' };
}

const words = ({ messages }: { readonly messages: readonly Message[] }): readonly string[] => messages.map(({ text }) => text);

test('the newest summary on a path stands for everything before it, and what it stands for keeps its place without words', () => {
  const made = [compaction('s1', 'a1', 2), compaction('s2', 'a2', 4)];
  const path = compactPath(branch(3), made, null);
  expect(words(path)).toEqual(['', '', '', '', expect.stringContaining('summary s2'), 'question 3', 'answer 3']);
  expect(path.messages.map(({ id }) => id)).toEqual(['q1', 'a1', 'q2', 'a2', 's2', 'q3', 'a3']);
  expect([...path.replaced]).toEqual(['q1', 'a1', 'q2', 'a2']);
});

test('a branch that left before the end of a summary is read without it', () => {
  const made = [compaction('s1', 'a1', 2), compaction('s2', 'a2', 4)];
  expect(words(compactPath(branch(2).slice(0, 3), made, null))).toEqual(['', '', expect.stringContaining('summary s1'), 'question 2']);
  expect(words(compactPath(branch(1).slice(0, 1), made, null))).toEqual(['question 1']);
});

test('an answer that goes on is not put away under its own summary', () => {
  expect(words(compactPath(branch(1), [compaction('s1', 'a1', 2)], 'a1'))).toEqual(['question 1', 'answer 1']);
});

test('all turns before the last question can be summarised, the second time from the first summary on', () => {
  expect(compactableTurns(branch(1), [])).toBeNull();
  expect(compactableTurns(branch(3), [])).toMatchObject({ afterId: 'a2', messages: 4, earlier: null });
  const again = compactableTurns(branch(4), [compaction('s1', 'a2', 4)]);
  expect(again).toMatchObject({ afterId: 'a3', messages: 6, earlier: { id: 's1' } });
  expect(again?.turns.map(({ id }) => id)).toEqual(['q3', 'a3']);
  expect(compactableTurns(branch(3), [compaction('s1', 'a2', 4)])).toBeNull();
});

test('turns are grouped by what fits, and a turn that does not fit is cut without losing a letter', async () => {
  const count = (texts: readonly string[]): Promise<readonly number[]> => Promise.resolve(texts.map((text) => text.split(' ').length));
  const long = Array.from({ length: 50 }, (_, index) => `word${String(index)}`).join(' ');
  const groups = await groupTurns(['a b c', 'd e', 'f', long], 6, count);
  expect(groups.slice(0, 1)).toEqual([['a b c', 'd e', 'f']]);
  expect(groups.slice(1).flat().join('')).toBe(long);
});
