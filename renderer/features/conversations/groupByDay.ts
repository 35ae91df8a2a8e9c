import type { ConversationSummary } from '../../../electron/shared/conversations.ts';

export type DayName = 'Today' | 'Yesterday' | 'Earlier';

/** One line of the list: a day's heading or a conversation. */
export type ListRow =
  { readonly kind: 'day'; readonly day: DayName } | { readonly kind: 'conversation'; readonly conversation: ConversationSummary };

/**
 * Conversations under the day of their newest message, in the order given; days without any are left out.
 * @param now milliseconds since 1970; the days are those of the local calendar
 */
export function groupByDay(conversations: readonly ConversationSummary[], now: number): readonly ListRow[] {
  const today = startOfDay(now, 0);
  const yesterday = startOfDay(now, -1);
  const dayOf = ({ updatedAt }: ConversationSummary): DayName =>
    updatedAt >= today ? 'Today' : updatedAt >= yesterday ? 'Yesterday' : 'Earlier';
  const days: readonly DayName[] = ['Today', 'Yesterday', 'Earlier'];
  return days.flatMap((day) => {
    const ofDay = conversations.filter((conversation) => dayOf(conversation) === day);
    return ofDay.length === 0
      ? []
      : [{ kind: 'day', day } as const, ...ofDay.map((conversation) => ({ kind: 'conversation', conversation }) as const)];
  });
}

/** Local midnight that begins the day `days` after that of `now`. Calendar arithmetic: a day may have 23 or 25 hours. */
export function startOfDay(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
