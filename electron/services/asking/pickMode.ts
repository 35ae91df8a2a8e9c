import { assertNever } from '../../shared/assertNever.ts';
import type { ReadingMode } from '../../shared/asking.ts';
import { type QuestionKind, questionKind } from './questionKind.ts';

/** Part of the context that whole documents may take without a thought: the rest is for the chat to come. */
const comfortablePart = 0.75;
/** Text that a model can count in by reading it, in tokens: more is counted part by part. */
const countableTokens = 600;
/** Longest wait for the first word that needs no asking, in milliseconds. */
const patienceMs = 90_000;

export interface ModeFacts {
  readonly question: string;
  /** Tokens of the prompt with the whole documents and the room for the answer. */
  readonly wholeTokens: number;
  /** Of them, tokens of the documents. */
  readonly documentTokens: number;
  readonly contextTokens: number;
  /** Whether any document holds a table. */
  readonly hasTables: boolean;
  /** Milliseconds to the first word with the whole documents; null when it was never measured. */
  readonly wholeMs: number | null;
}

export interface PickedMode {
  readonly mode: ReadingMode;
  /** A clause for people. */
  readonly reason: string;
}

/** How documents are best read for a question, and why. Nothing else decides in mode `auto`. */
export function pickMode(facts: ModeFacts): PickedMode {
  const kind = questionKind(facts.question);
  const fits = facts.wholeTokens <= facts.contextTokens;
  if (facts.hasTables && (kind === 'calculation' || kind === 'enumeration')) {
    return { mode: 'tables', reason: 'figures of a table are computed, not guessed' };
  }
  if (kind === 'enumeration' && facts.documentTokens > countableTokens) {
    return { mode: 'exhaustive', reason: 'nothing may be missed in a count or a list' };
  }
  if (kind === 'overview') return overviewMode(fits);
  return passageMode(facts, fits, kind);
}

function overviewMode(fits: boolean): PickedMode {
  return fits
    ? { mode: 'whole', reason: 'the question is about all of it, and it fits' }
    : { mode: 'exhaustive', reason: 'the question is about all of it, and it does not fit at once' };
}

function passageMode({ wholeTokens, contextTokens, wholeMs }: ModeFacts, fits: boolean, kind: QuestionKind): PickedMode {
  const slow = wholeMs !== null && wholeMs > patienceMs;
  const part: ReadingMode = kind === 'calculation' ? 'exhaustive' : 'relevant';
  if (wholeTokens <= contextTokens * comfortablePart) {
    return slow ? { mode: part, reason: 'reading all of it would take long on this machine' } : { mode: 'whole', reason: 'it fits' };
  }
  switch (kind) {
    case 'calculation':
      return fits
        ? { mode: 'whole', reason: 'it fits' }
        : { mode: 'exhaustive', reason: 'every part may count, and it does not fit at once' };
    case 'enumeration':
    case 'overview':
    case 'passage':
      return { mode: 'relevant', reason: fits ? 'all of it would nearly fill the context' : 'it does not fit' };
    default:
      return assertNever(kind, 'question kind');
  }
}
