import { useVirtualizer, defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useCallback, useMemo, useRef } from 'react';
import type { Conversation } from '../../../electron/shared/conversations.ts';
import { createBranchSelector, generatingMessage } from '../../state/branches.ts';
import styles from './MessageList.module.css';
import { MessageRow } from './MessageRow.tsx';
import { SummaryCard } from './SummaryCard.tsx';
import { useReveal } from './useReveal.ts';
import { useStickToEnd } from './useStickToEnd.ts';

/** A guess for rows not measured yet, in pixels; a wrong one only moves the scrollbar's thumb. */
const guessedHeight = { user: 88, assistant: 260 };

/** The branch that is shown, as rows of which only the visible ones and the one being written exist. */
export function MessageList({ conversation }: { readonly conversation: Conversation }) {
  const selectBranch = useMemo(createBranchSelector, []);
  const entries = selectBranch(conversation);
  const currentSummary = useMemo(() => {
    const shown = new Set(entries.map(({ message }) => message.id));
    return conversation.compactions.findLast(({ afterId }) => shown.has(afterId))?.id;
  }, [entries, conversation.compactions]);
  const scroller = useRef<HTMLDivElement>(null);
  const writingIndex = useMemo(() => {
    const writingId = generatingMessage(conversation)?.id ?? null;
    return writingId === null ? -1 : entries.findLastIndex(({ message }) => message.id === writingId);
  }, [entries, conversation]);

  const rangeExtractor = useCallback(
    (range: Range) => {
      const visible = defaultRangeExtractor(range);
      return writingIndex < 0 || visible.includes(writingIndex) ? visible : [...visible, writingIndex].sort((a, b) => a - b);
    },
    [writingIndex],
  );
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => guessedHeight[entries[index]?.message.role ?? 'user'],
    getItemKey: (index) => entries[index]?.message.id ?? index,
    initialOffset: Number.MAX_SAFE_INTEGER,
    overscan: 2,
    // Earlier messages come after the end is shown: whoever has scrolled up meanwhile stays at the same words.
    anchorTo: 'end',
    rangeExtractor,
    useFlushSync: false,
  });
  const height = virtualizer.getTotalSize();
  useReveal(entries, (index) => virtualizer.scrollToIndex(index, { align: 'center' }));
  const { atEnd, jumpToEnd } = useStickToEnd(scroller, height, entries.at(-1)?.message.id ?? null);

  return (
    <div className={styles['place']}>
      <div ref={scroller} className={styles['scroller']} data-messages tabIndex={-1}>
        <div className={styles['content']} style={{ height }}>
          {virtualizer.getVirtualItems().map((item) => {
            const entry = entries[item.index];
            if (entry === undefined) return null;
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={styles['row']}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <MessageRow message={entry.message} siblings={entry.siblings} last={item.index === entries.length - 1} />
                {conversation.compactions
                  .filter(({ afterId }) => afterId === entry.message.id)
                  .map((compaction) => (
                    <SummaryCard key={compaction.id} compaction={compaction} current={compaction.id === currentSummary} />
                  ))}
              </div>
            );
          })}
        </div>
      </div>
      {!atEnd && (
        <button type="button" className={styles['jump']} onClick={jumpToEnd}>
          <ArrowDown size={16} aria-hidden="true" />
          Jump to latest
        </button>
      )}
    </div>
  );
}
