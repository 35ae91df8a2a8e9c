import type { Model, ReleasedSize } from '../../../electron/shared/models.ts';
import { catalogueModels, sees } from './modelFacts.ts';

/** One column of the first choice. */
export interface ModelOffer {
  readonly model: Model;
  /** Why one would take it, one sentence. */
  readonly why: string;
  /** Marked at most once. */
  readonly recommended: boolean;
}

const reasons: Readonly<Record<ReleasedSize, string>> = {
  '270M': 'The quickest start. Short answers about text; it cannot see pictures.',
  '1B': 'Better with words, still small. It cannot see pictures.',
  '4B': 'The smallest that sees pictures, and good with documents.',
  '12B': 'More careful with long documents and small print. Wants a strong computer.',
  '27B': 'The most capable. Wants a large graphics card or a lot of memory.',
};

/** The three to stand side by side: the starter, the smallest that sees (recommended) and the next one up. */
export function firstOffers(models: readonly Model[]): readonly ModelOffer[] {
  const offers = allOffers(models);
  return offers.filter(({ model }) => model.size === '270M' || model.size === '4B' || model.size === '12B');
}

/** One offer per size of the catalogue, smallest first; the first of a size is the one the catalogue prefers. */
export function allOffers(models: readonly Model[]): readonly ModelOffer[] {
  const catalogue = catalogueModels(models);
  const recommendedId = catalogue.find((model) => model.size === '4B' && sees(model))?.id ?? catalogue[0]?.id;
  const sizes = Object.keys(reasons) as ReleasedSize[];
  return sizes.flatMap((size) => {
    const model = catalogue.find((candidate) => candidate.size === size);
    return model === undefined ? [] : [{ model, why: reasons[size], recommended: model.id === recommendedId }];
  });
}
