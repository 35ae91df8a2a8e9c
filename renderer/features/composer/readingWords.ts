import type { AskingPlan, ReadingMode } from '../../../electron/shared/asking.ts';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { FirstWord } from '../../../electron/shared/generation.ts';

/** A wait shorter than this is none, in milliseconds. */
const noWaitMs = 1_000;
/** Pictures alone say their own wait; the whole of it is said when it is longer than this, in milliseconds. */
const worthSayingMs = 3_000;
/** A kept state makes the first word come at once when it holds at least this share of the prompt. */
const mostlyKept = 0.9;

const modeNames: Readonly<Record<ReadingMode, string>> = {
  whole: 'Whole',
  relevant: 'Relevant parts',
  exhaustive: 'Every part',
  tables: 'Tables',
};

/** "Whole, because it fits · 4,120 tokens · about 40 s to the first word". */
export function readingWords(plan: AskingPlan, firstWord: FirstWord | null): string {
  const chosen = plan.reason === '' ? '' : `${modeNames[plan.mode]}, because ${plan.reason}`;
  return [chosen, ...costWords(plan, firstWord)].filter((words) => words !== '').join(' · ');
}

function costWords(plan: AskingPlan, firstWord: FirstWord | null): readonly string[] {
  const tokens = `${plan.tokens.toLocaleString('en')} tokens`;
  switch (plan.mode) {
    case 'whole':
      return plan.wholeFits ? [tokens, waitWords(firstWord)] : [tokens, 'does not fit'];
    case 'relevant':
      return [tokens, waitWords(firstWord)];
    case 'exhaustive': {
      const parts = plan.passes === 1 ? '1 part' : `${plan.passes.toLocaleString('en')} parts`;
      return [parts, tokens, plan.predictedMs === null ? '' : `${duration(plan.predictedMs)} in all`];
    }
    case 'tables':
      return ['computed by code, not by the model'];
    default:
      return assertNever(plan.mode, 'reading mode');
  }
}

/** For pictures without documents: the whole wait, where it is one; empty otherwise. */
export function firstWordWords(firstWord: FirstWord | null): string {
  return firstWord?.ms !== undefined && firstWord.ms !== null && firstWord.ms > worthSayingMs ? waitWords(firstWord) : '';
}

/** "about 40 s to the first word", "instant: read before"; empty before this machine was measured. */
function waitWords(firstWord: FirstWord | null): string {
  if (firstWord === null) return '';
  const { tokens, cachedTokens, ms } = firstWord;
  const isKept = cachedTokens >= tokens * mostlyKept;
  if (ms === null) return isKept ? 'instant: read before' : '';
  if (ms < noWaitMs) return isKept ? 'instant: read before' : 'first word at once';
  return `${duration(ms)} to the first word${isKept ? ', read before' : ''}`;
}

function duration(ms: number): string {
  if (ms < noWaitMs) return 'under a second';
  return ms < 100_000 ? `about ${Math.round(ms / 1000)} s` : `about ${Math.round(ms / 60_000)} min`;
}
