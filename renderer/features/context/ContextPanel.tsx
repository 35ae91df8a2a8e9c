import { Button } from '../../components/Button.tsx';
import { StackedBar, type StackedPart } from '../../components/StackedBar.tsx';
import { formatNumber } from '../../components/numberText.ts';
import { canSummarise } from '../../state/branches.ts';
import { conversationId } from '../../state/conversationStore.ts';
import { useApp, useConversation, useFacet } from '../../state/useFacet.ts';
import styles from './ContextPanel.module.css';
import type { ContextGauge, ContextPartName } from './contextParts.ts';
import { asPages, partNames } from './contextWords.ts';

const tones: Readonly<Record<ContextPartName, StackedPart['tone']>> = {
  system: 'fourth',
  documents: 'first',
  images: 'second',
  conversation: 'third',
  answerRoom: 'reserved',
  free: 'free',
};

/** The gauge unfolded: parts, and what can be done when there is little room. */
export function ContextPanel({ gauge }: { readonly gauge: ContextGauge }) {
  const { view, chat, compact } = useFacet();
  const chatId = useConversation(conversationId);
  const canCompact = useConversation((slice) => slice.kind === 'open' && canSummarise(slice.conversation));
  const limit = useApp(({ app }) => {
    const engine = app?.engine;
    return engine?.kind === 'ready' ? (app?.models.find((model) => model.id === engine.modelId)?.contextLimit ?? 0) : 0;
  });
  const summarise = canCompact ? 'You can have earlier messages summarised, ' : 'You can ';
  const free = Math.max(0, gauge.available - gauge.used);
  const tight = gauge.excess > 0 || gauge.fraction >= 0.8;
  return (
    <div className={styles['panel']}>
      <div>
        <h3 className={styles['title']}>What the model reads</h3>
        <p className={styles['summary']}>
          {gauge.excess > 0
            ? `${formatNumber(gauge.excess)} tokens too many, ${asPages(gauge.excess)}. Facet does not cut anything off: it will not send until it fits.`
            : `Room for ${asPages(free)}, the answer included.`}
        </p>
      </div>
      <StackedBar
        parts={gauge.parts.map(({ part, tokens, share }) => ({
          name: partNames[part],
          share,
          amount: `${formatNumber(tokens)} tokens`,
          tone: tones[part],
        }))}
      />
      {tight && (
        <div className={styles['choices']}>
          <p className={styles['summary']}>
            {limit > gauge.available
              ? `${summarise}make the context larger, take a file off the message, or go on in a new chat.`
              : `${summarise}take a file off the message, or go on in a new chat.`}
          </p>
          <div className={styles['buttons']}>
            {chatId !== null && canCompact && (
              <Button size="small" onClick={() => void compact.compact(chatId)}>
                Summarise earlier messages
              </Button>
            )}
            {limit > gauge.available && (
              <Button size="small" onClick={() => view.show('settings')}>
                Change the context size
              </Button>
            )}
            <Button size="small" onClick={() => chat.startNew()}>
              New chat
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
