import { setTimeout as delay } from 'node:timers/promises';
import type { FirstWord } from '../../shared/generation.ts';
import type { PromptPiece } from '../context/segments.ts';
import { linearMs, prefillMs } from '../speeds/runCost.ts';
import type { GenerationParts } from './generationParts.ts';
import type { PlannedImage } from './imageViews.ts';
import type { ActiveModel } from './modelHost.ts';

/** How long the engine may take to say what it has of a prompt, in milliseconds: it may be at work on a picture, and a forecast is no reason to wait. */
const prospectMs = 400;

export interface PlannedPrompt {
  /** Empty where only the number of tokens is known: nothing counts as read already then. */
  readonly pieces: readonly PromptPiece[];
  readonly tokens: number;
  readonly images: readonly PlannedImage[];
}

/** Foretells the first word of an answer from what was measured on this machine, what is in memory and what is kept on disk. Runs nothing. */
export async function predictFirstWord(
  { pieces, tokens, images }: PlannedPrompt,
  active: ActiveModel,
  parts: Pick<GenerationParts, 'engine' | 'encoder' | 'speeds'>,
  signal: AbortSignal,
): Promise<FirstWord> {
  const side = active.loaded.vision?.side ?? 0;
  const { held, kept } = active.vocabularyOnly || pieces.length === 0 ? nothingKept : await prospect(pieces, parts, signal);
  const cachedTokens = Math.min(Math.max(held, kept), Math.max(0, tokens - 1));
  const { prefill, takeUp, overhead } = parts.speeds.costs(active);
  const encodings = images.map(({ input, rects }) => parts.encoder.predict(input.attachment.sha256, rects, side).ms);
  if (prefill === null || encodings.some((ms) => ms === null)) return { tokens, cachedTokens, ms: null };
  const encodeMs = encodings.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  const takeUpMs = kept > held && takeUp !== null ? linearMs(takeUp, kept) : 0;
  const overheadMs = overhead === null ? 0 : linearMs(overhead, tokens);
  return { tokens, cachedTokens, ms: overheadMs + encodeMs + takeUpMs + prefillMs(prefill, cachedTokens, tokens) };
}

const nothingKept = { held: 0, kept: 0 };

async function prospect(
  pieces: readonly PromptPiece[],
  { engine }: Pick<GenerationParts, 'engine'>,
  signal: AbortSignal,
): Promise<{ readonly held: number; readonly kept: number }> {
  const enough = new AbortController();
  const both = AbortSignal.any([signal, enough.signal]);
  try {
    return await Promise.race([
      engine.request('prompt.prospect', { parts: pieces.map(({ part }) => part) }, both),
      delay(prospectMs, nothingKept, { signal: both, ref: false }),
    ]);
  } catch {
    // Without the engine's word nothing counts as read already: a forecast may be too long, and whatever is wrong is told by the run.
    signal.throwIfAborted();
    return nothingKept;
  } finally {
    enough.abort();
  }
}
