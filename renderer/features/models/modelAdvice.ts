import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { spaceNeeded } from '../../../electron/shared/diskSpace.ts';
import { downloadBytes } from '../../../electron/shared/downloadBytes.ts';
import type { MachineFacts } from '../../../electron/shared/machine.ts';
import { contextInWords, type ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import type { Model } from '../../../electron/shared/models.ts';

/** Something that a person should know before taking a model, and what can be done about it. */
export type ModelAdvice =
  /** It can be taken all the same. */
  | { readonly kind: 'tooBig'; readonly text: string }
  | { readonly kind: 'smallerContext'; readonly text: string; readonly contextTokens: number }
  | { readonly kind: 'offline'; readonly text: string }
  /** The download cannot be begun. */
  | { readonly kind: 'diskFull'; readonly text: string };

interface Situation {
  readonly estimate: ModelEstimate | null;
  readonly machine: MachineFacts | null;
  readonly offline: boolean;
}

/** What stands in a model's way, the gravest first. */
export function modelAdvice(model: Model, { estimate, machine, offline }: Situation): readonly ModelAdvice[] {
  if (model.server !== undefined) return [];
  const advice: ModelAdvice[] = [];
  if (model.state.kind !== 'installed') {
    if (offline) advice.push({ kind: 'offline', text: 'Facet is set to stay offline, so nothing can be downloaded.' });
    const freeDisk = machine?.freeDisk ?? null;
    const needed = spaceNeeded(downloadBytes(model).bytes - received(model));
    if (freeDisk !== null && needed > freeDisk && model.state.kind !== 'downloading') {
      const text = `Not enough room on the disk: ${bytesInWords(needed)} are needed and ${bytesInWords(freeDisk)} are free.`;
      advice.push({ kind: 'diskFull', text });
    }
  }
  if (estimate?.verdict.kind === 'tooBig') {
    const text = `It takes ${bytesInWords(estimate.verdict.shortBytes)} more memory than is free. It may be very slow, or not load at all.`;
    advice.push({ kind: 'tooBig', text });
  }
  if (estimate?.verdict.kind === 'fitsWith') {
    const { contextTokens } = estimate.verdict;
    const text = `The context of your settings (${contextInWords(estimate.contextTokens)}) does not fit with it; ${contextInWords(contextTokens)} does.${halved(estimate)}`;
    advice.push({ kind: 'smallerContext', text, contextTokens });
  }
  return advice;
}

/** What the other choice of the settings would do for a context that does not fit. */
function halved({ contextTokens, largestContext, largestContextHalved }: ModelEstimate): string {
  if (largestContextHalved <= largestContext) return '';
  const fits = largestContextHalved >= contextTokens ? 'it fits' : `${contextInWords(largestContextHalved)} fits`;
  return ` With “Memory of what was read” at Half (Settings, Model), ${fits}.`;
}

function received({ state }: Model): number {
  return state.kind === 'downloading' || state.kind === 'paused' || state.kind === 'queued' ? state.receivedBytes : 0;
}
