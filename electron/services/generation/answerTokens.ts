import type { RunResult } from '../../engine/engineContract.ts';
import { trimEnd } from '../context/pieces.ts';
import type { AnswerTokens } from '../conversations/answerTokenStore.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { ActiveModel } from './modelHost.ts';

/** An answer that goes on, as it stood before: nothing for a new one. */
export interface AnswerStart {
  readonly rawText: string;
  /** Exact ids of `rawText`, and the model whose they are. */
  readonly ids: readonly number[] | null;
  readonly modelSha256: string;
}

export const freshStart: AnswerStart = { rawText: '', ids: null, modelSha256: '' };

/**
 * The whole answer's exact ids. White space that a finished answer ends with is left off when its tokens can be told, because the next prompt writes
 * the answer trimmed, and only ids that spell just that find its state again.
 */
export async function wholeAnswer(start: AnswerStart, result: RunResult, active: ActiveModel, engine: EngineClient): Promise<AnswerTokens> {
  const rawText = start.rawText + result.text;
  const modelSha256 = active.model.text.sha256 ?? '';
  const startIds = start.rawText === '' ? [] : start.modelSha256 === modelSha256 ? start.ids : null;
  const ids = startIds === null || result.tokens !== undefined ? null : [...startIds, ...result.ids];
  const whole: AnswerTokens = { modelSha256, rawText, ids };
  const trimmed = trimEnd(rawText);
  if (ids === null || active.profile !== 'turns' || result.stopReason !== 'endOfTurn' || trimmed === rawText) return whole;
  const tail = await engine.request('prompt.tokenize', { parts: [{ kind: 'text', text: rawText.slice(trimmed.length) }] });
  const tailIds = tail.ids.slice(-(tail.counts[0] ?? 0));
  const endsWithTail = tailIds.length > 0 && tailIds.every((id, index) => ids[ids.length - tailIds.length + index] === id);
  return endsWithTail ? { ...whole, rawText: trimmed, ids: ids.slice(0, -tailIds.length) } : whole;
}

/** Tokens that a run wrote. */
export function writtenTokens({ ids, tokens }: Pick<RunResult, 'ids' | 'tokens'>): number {
  return tokens ?? ids.length;
}
