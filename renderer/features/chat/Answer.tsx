import { Check, Copy, Play, RotateCcw } from 'lucide-react';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { Citation } from '../../../electron/shared/citations.ts';
import type { AssistantMessage } from '../../../electron/shared/conversations.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useFacet } from '../../state/useFacet.ts';
import { StalledEngine } from '../models/StalledEngine.tsx';
import { ComputedCard } from '../tables/ComputedCard.tsx';
import { ListCard } from '../tables/ListCard.tsx';
import { AnswerError } from './AnswerError.tsx';
import { AskAgain } from './AskAgain.tsx';
import { BranchWalk } from './BranchWalk.tsx';
import { CitationsContext, markCitations } from './citations.ts';
import { MarkdownText } from './markdown/MarkdownText.tsx';
import styles from './Message.module.css';
import { ReceiptLine } from './ReceiptLine.tsx';
import { StageLine } from './StageLine.tsx';
import { useCopy } from './useCopy.ts';

interface AnswerProps {
  readonly message: AssistantMessage;
  readonly siblings: readonly string[];
  readonly last: boolean;
}

/** What the model wrote, and below it how that came about. */
export function Answer({ message, siblings, last }: AnswerProps) {
  const generating = message.state.kind === 'generating';
  return (
    <article className={styles['answer']} aria-label="Answer" aria-busy={generating}>
      {message.text !== '' && <AnswerText message={message} />}
      <AnswerEnd message={message} />
      {!generating && <AnswerActions message={message} siblings={siblings} last={last} />}
    </article>
  );
}

function AnswerText({ message: { text, state } }: { readonly message: AssistantMessage }) {
  const receipt = state.kind === 'complete' || state.kind === 'cancelled' ? state.receipt : null;
  const citations = receipt?.citations ?? noCitations;
  return (
    <CitationsContext value={receipt}>
      <MarkdownText text={markCitations(text, citations)} streaming={state.kind === 'generating'} />
    </CitationsContext>
  );
}

const noCitations: readonly Citation[] = [];

function AnswerEnd({ message }: { readonly message: AssistantMessage }) {
  const { state } = message;
  switch (state.kind) {
    case 'generating':
      return (
        <>
          <StageLine stage={state.stage} />
          <StalledEngine />
        </>
      );
    case 'complete':
      return (
        <>
          {state.receipt.coverage?.mode === 'tables' && <ComputedCard message={message} receipt={state.receipt} />}
          {state.receipt.list !== undefined && <ListCard messageId={message.id} list={state.receipt.list} />}
          <AskAgain message={message} coverage={state.receipt.coverage} />
          <ReceiptLine message={message} receipt={state.receipt} />
        </>
      );
    case 'cancelled':
      return state.receipt === null ? (
        <p className={styles['quiet']}>You stopped this answer.</p>
      ) : (
        <>
          {state.receipt.list !== undefined && <ListCard messageId={message.id} list={state.receipt.list} />}
          <ReceiptLine message={message} receipt={state.receipt} />
        </>
      );
    case 'failed':
      return <AnswerError message={message} error={state.error} />;
    default:
      return assertNever(state, 'answer state');
  }
}

function AnswerActions({ message, siblings, last }: AnswerProps) {
  const { chat } = useFacet();
  const { copied, copy } = useCopy();
  return (
    <div className={styles['actions']} data-side="start" data-last={last}>
      {message.text !== '' && (
        <IconButton label={copied ? 'Copied' : 'Copy answer'} size="small" onClick={() => copy(message.text)}>
          {copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
        </IconButton>
      )}
      <IconButton label="Answer again" size="small" onClick={() => void chat.regenerate(message.id)}>
        <RotateCcw size={16} aria-hidden="true" />
      </IconButton>
      {last && canContinue(message) && (
        <IconButton label="Continue this answer" size="small" onClick={() => void chat.continueAnswer(message.id)}>
          <Play size={16} aria-hidden="true" />
        </IconButton>
      )}
      <BranchWalk messageId={message.id} siblings={siblings} what="answer" />
    </div>
  );
}

/** An answer that ended by itself has nothing to continue. */
function canContinue({ state }: AssistantMessage): boolean {
  if (state.kind === 'cancelled') return true;
  return state.kind === 'complete' && (state.receipt.stopReason === 'maxTokens' || state.receipt.stopReason === 'contextFull');
}
