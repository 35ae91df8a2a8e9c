import { contextInWords, type ModelEstimate, speedInWords, verdictInWords } from '../../../electron/shared/modelEstimate.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { sentenceCase } from '../../../electron/shared/sentenceCase.ts';
import { sees, sizeWords } from './modelFacts.ts';

/** What stands on a model's card, in words. */
export interface CardFacts {
  /** Null while it is not known, and for a model of a server. */
  readonly verdict: { readonly tone: 'good' | 'warning' | 'danger'; readonly text: string } | null;
  /** Null before any model was measured here. */
  readonly speed: string | null;
  readonly sight: string;
  readonly context: string;
  /** What its files take; empty where that cannot be told. */
  readonly size: string;
}

const tones = { fits: 'good', slow: 'warning', fitsWith: 'warning', tooBig: 'danger' } as const;

export function cardFacts(model: Model, estimate: ModelEstimate | null): CardFacts {
  return {
    verdict: estimate === null ? null : { tone: tones[estimate.verdict.kind], text: sentenceCase(verdictInWords(estimate.verdict)) },
    speed: estimate?.speed ? speedWords(estimate.speed) : null,
    sight: sees(model) ? 'Sees pictures' : 'Text only',
    context: `${contextInWords(model.contextLimit)} context`,
    size: sizeWords(model),
  };
}

/** "12 words/s", or "≈ 12 words/s, predicted". */
export function speedWords({ wordsPerSecond, predicted }: NonNullable<ModelEstimate['speed']>): string {
  return predicted ? `≈ ${speedInWords(wordsPerSecond)}, predicted` : speedInWords(wordsPerSecond);
}
