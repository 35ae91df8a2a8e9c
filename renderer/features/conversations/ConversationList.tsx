import { MessagesSquare } from 'lucide-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { conversationId } from '../../state/conversationStore.ts';
import { useApp, useConversation } from '../../state/useFacet.ts';
import styles from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow.tsx';
import { groupByDay } from './groupByDay.ts';
import { nextRow } from './nextRow.ts';
import { useToday } from './useToday.ts';

/** Heights in pixels, as in the style sheets. */
const rowHeight = { day: 32, conversation: 34 };

/** Conversations by day. Only the lines in view exist, so ten thousand of them scroll like ten. Arrow keys move between them. */
export function ConversationList() {
  const conversations = useApp(({ app }) => app?.conversations ?? null);
  const shownId = useConversation(conversationId);
  const now = useToday();
  const rows = useMemo(() => groupByDay(conversations ?? [], now), [conversations, now]);
  const scroller = useRef<HTMLDivElement>(null);
  // Its functions read live scroll positions, so React's compiler leaves this component alone, and nothing memoised gets them.
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight[rows[index]?.kind ?? 'conversation'],
    getItemKey: (index) => {
      const row = rows[index];
      return row?.kind === 'conversation' ? row.conversation.id : (row?.day ?? index);
    },
    overscan: 8,
  });
  /** The line the arrow keys are on; `focus` asks for the focus once the line exists. */
  const [target, setTarget] = useState<{ readonly id: string } | null>(null);

  useEffect(() => {
    if (target === null) return;
    const index = rows.findIndex((row) => row.kind === 'conversation' && row.conversation.id === target.id);
    if (index < 0) return;
    list.scrollToIndex(index);
    // The line may be drawn only after this scroll.
    const frame = requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(target.id)}"]`)?.focus();
    });
    return () => cancelAnimationFrame(frame);
    // The list changes identity on every scroll; only a new target moves the focus.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [target]);

  if (conversations?.length === 0) {
    return (
      <EmptyState icon={<MessagesSquare size={20} />} title="No chats yet">
        Ask something, and it will be kept here.
      </EmptyState>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const id = event.target instanceof HTMLElement ? event.target.dataset['conversation'] : undefined;
    if (id === undefined) return;
    // The line below a deleted one, or the one above the last, takes the focus on.
    const next = event.key === 'Delete' ? (nextRow(rows, id, 'ArrowDown') ?? nextRow(rows, id, 'ArrowUp')) : nextRow(rows, id, event.key);
    if (next === null) return;
    event.preventDefault();
    setTarget({ id: next });
  };
  const tabStop = rows.some((row) => row.kind === 'conversation' && row.conversation.id === shownId) ? shownId : firstId(rows);
  return (
    <div ref={scroller} className={styles['scroller']} onKeyDown={onKeyDown}>
      <ul className={styles['list']} style={{ blockSize: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li key={key} className={styles['line']} style={{ transform: `translateY(${start}px)` }}>
              {row.kind === 'day' ? (
                <h2 className={styles['day']}>{row.day}</h2>
              ) : (
                <ConversationRow
                  conversation={row.conversation}
                  shown={row.conversation.id === shownId}
                  reachable={row.conversation.id === tabStop}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function firstId(rows: ReturnType<typeof groupByDay>): string | null {
  const first = rows.find((row) => row.kind === 'conversation');
  return first?.kind === 'conversation' ? first.conversation.id : null;
}
