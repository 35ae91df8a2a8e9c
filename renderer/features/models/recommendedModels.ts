import type { Model, ModelSize, ReleasedSize } from '../../../electron/shared/models.ts';
import { catalogueModels } from './modelFacts.ts';
import type { Recommendation } from './recommendModel.ts';

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

/** The three to stand side by side: the starter, the recommended one and a larger or smaller one that sees. Without a recommendation 4B stands in the middle. */
export function firstOffers(models: readonly Model[], recommended: Recommendation | null): readonly ModelOffer[] {
  const offers = allOffers(models, recommended);
  const middle = offers.find((offer) => offer.recommended)?.model.size ?? '4B';
  const shown = new Set<ModelSize>(
    middle === '27B' ? ['270M', '4B', '27B'] : middle === '1B' ? ['270M', '1B', '4B'] : ['270M', '4B', '12B'],
  );
  return offers.filter(({ model }) => shown.has(model.size));
}

/** One offer per size of the catalogue, smallest first; the first of a size is the one the catalogue prefers. */
export function allOffers(models: readonly Model[], recommended: Recommendation | null): readonly ModelOffer[] {
  const catalogue = catalogueModels(models);
  const sizeOfRecommended = catalogue.find(({ id }) => id === recommended?.modelId)?.size;
  const sizes = Object.keys(reasons) as ReleasedSize[];
  return sizes.flatMap((size): readonly ModelOffer[] => {
    const model = catalogue.find((candidate) => candidate.size === size);
    if (model === undefined) return [];
    return size === sizeOfRecommended && recommended !== null
      ? [{ model, why: recommended.why, recommended: true }]
      : [{ model, why: reasons[size], recommended: false }];
  });
}
