import type { Compaction, Message } from '../../shared/conversations.ts';

/** Turns of a branch that a summary can stand for. */
export interface CompactableTurns {
  readonly afterId: string;
  /** All messages that it would stand for, those of an earlier summary too. */
  readonly messages: number;
  /** What has words of its own, oldest first: an earlier summary, then the turns after it. */
  readonly earlier: Compaction | null;
  readonly turns: readonly Message[];
}

/** Everything before the last question of the branch; null when nothing stands there, or a summary alone. */
export function compactableTurns(branch: readonly Message[], compactions: readonly Compaction[]): CompactableTurns | null {
  const last = branch.findLastIndex((message) => message.role === 'user');
  const before = branch.slice(0, Math.max(0, last));
  const afterId = before.at(-1)?.id;
  if (afterId === undefined) return null;
  const earlier = compactions.findLast((compaction) => before.some(({ id }) => id === compaction.afterId)) ?? null;
  const from = earlier === null ? 0 : before.findIndex(({ id }) => id === earlier.afterId) + 1;
  const turns = before.slice(from).filter(({ text }) => text !== '');
  return turns.length === 0 ? null : { afterId, messages: before.length, earlier, turns };
}
