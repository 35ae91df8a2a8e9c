import { type ModelEstimate, speedInWords, verdictInWords } from '../../../electron/shared/modelEstimate.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { catalogueModels, isInstalled, sees } from './modelFacts.ts';

/** The model to take on this machine, with one reason. */
export interface Recommendation {
  readonly modelId: string;
  /** One sentence. */
  readonly why: string;
}

/** Slower than this a picture's answer is not worth the wait: a sentence would take ten seconds and more. */
const leastWordsPerSecond = 1.5;
/** A context that holds a picture, a question and an answer. */
const leastContext = 4096;

/** The longest reason there is: room is kept for it before one is known. */
export const longestWhy = 'The smallest that sees pictures, and it fits. How fast larger ones are shows once the speed was measured.';

interface Candidate {
  readonly model: Model;
  readonly estimate: ModelEstimate;
}

/**
 * Seeing counts for more than size, size for more than speed, as long as it is not slower than people read. Of a size it is the variant that is here,
 * else the one that the catalogue prefers. Null while nothing is known of this machine.
 */
export function recommendModel(models: readonly Model[], estimates: ReadonlyMap<string, ModelEstimate>): Recommendation | null {
  const candidates = candidatesOf(models, estimates);
  const seeing = candidates.filter(({ model }) => sees(model));
  const quick = seeing.filter(({ estimate }) => estimate.verdict.kind === 'fits' && estimate.speed !== null).at(-1);
  if (quick !== undefined) {
    return because(quick, `The largest that sees pictures and still writes faster than people read${speedOf(quick)}.`);
  }
  const smallest = seeing[0];
  if (smallest !== undefined) {
    const { verdict, largestContext } = smallest.estimate;
    if (verdict.kind === 'fits') {
      return because(smallest, longestWhy);
    }
    if (verdict.kind === 'slow' && verdict.wordsPerSecond >= leastWordsPerSecond) {
      return because(smallest, `The smallest that sees pictures. It is slower than people read: ${speedInWords(verdict.wordsPerSecond)}.`);
    }
    if (verdict.kind === 'fitsWith' && largestContext >= leastContext) {
      return because(smallest, `The smallest that sees pictures. It ${verdictInWords(verdict)} of context.`);
    }
  }
  const text = candidates.filter(({ model }) => !sees(model));
  const fitting = text.filter(({ estimate }) => estimate.verdict.kind === 'fits').at(-1);
  if (fitting !== undefined) return because(fitting, 'The largest that this computer runs well. It reads text and sees no pictures.');
  return text[0] === undefined ? null : because(text[0], 'It takes the least memory. It reads text and sees no pictures.');
}

/** ": about 12 words/s". */
function speedOf({ estimate: { speed } }: Candidate): string {
  return speed === null ? '' : `: ${speed.predicted ? 'about ' : ''}${speedInWords(speed.wordsPerSecond)}`;
}

/** One of each released size, the smallest first. */
function candidatesOf(models: readonly Model[], estimates: ReadonlyMap<string, ModelEstimate>): readonly Candidate[] {
  const bySize = new Map<string, Model>();
  for (const model of catalogueModels(models)) {
    if (model.size === 'custom' || model.profile !== 'turns') continue;
    const known = bySize.get(model.size);
    if (known === undefined || (isInstalled(model) && !isInstalled(known))) bySize.set(model.size, model);
  }
  return [...bySize.values()].flatMap((model) => {
    const estimate = estimates.get(model.id);
    return estimate === undefined ? [] : [{ model, estimate }];
  });
}

function because({ model }: Candidate, why: string): Recommendation {
  return { modelId: model.id, why };
}
