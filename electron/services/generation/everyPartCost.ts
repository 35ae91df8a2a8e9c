import { largestListPart, largestNotePart } from '../asking/exhaustive/readEveryPart.ts';
import type { PlannedReading } from '../asking/planReading.ts';
import { questionKind } from '../asking/questionKind.ts';
import type { Room } from '../context/usage.ts';
import { prefillMs } from '../speeds/runCost.ts';
import type { RunCosts } from '../speeds/runSpeeds.ts';

/** What stands around the text of a part: the instruction and the turn's markers. */
const frameTokens = 80;
/** What is written about a part: a few items, or a short note. */
const writtenTokens = 48;

/** What reading every part takes: how many prompts, and milliseconds until the last is done; null before this machine was measured. */
export function everyPartCost(
  { wholeTokens, question }: Pick<PlannedReading, 'wholeTokens' | 'question'>,
  { contextTokens }: Room,
  { prefill, decode }: RunCosts,
): { readonly passes: number; readonly ms: number | null } {
  const largest = questionKind(question) === 'enumeration' ? Math.min(largestListPart, Math.floor(contextTokens / 2)) : largestNotePart;
  const part = Math.min(largest, contextTokens);
  const passes = Math.max(1, Math.ceil(wholeTokens / part));
  if (prefill === null || decode === null) return { passes, ms: null };
  const tokens = frameTokens + wholeTokens / passes;
  return { passes, ms: passes * (prefillMs(prefill, 0, tokens) + writtenTokens * (decode.token + decode.depth * tokens)) };
}
