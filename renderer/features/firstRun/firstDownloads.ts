import type { ErrorData } from '../../../electron/shared/errors.ts';
import { type Model, starterId } from '../../../electron/shared/models.ts';
import type { ModelOffer } from '../models/recommendedModels.ts';
import { shownModel } from './shownModel.ts';

/** What to ask the host for. The smallest size may come from any source; a named alternative is meant as it is. */
export function downloadId(model: Model): string {
  return model.size === '270M' && model.profile === 'turns' ? starterId : model.id;
}

/** The offers whose download failed, unless another source of the same size has taken over. */
export function failedOffers(
  offers: readonly ModelOffer[],
  models: readonly Model[],
): readonly { readonly model: Model; readonly error: ErrorData }[] {
  return offers.flatMap((offer) => {
    const model = shownModel(offer.model, models);
    return model.state.kind === 'failed' ? [{ model, error: model.state.error }] : [];
  });
}
