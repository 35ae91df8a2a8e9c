import type { Model } from '../../../electron/shared/models.ts';
import { catalogueModels } from './modelFacts.ts';

/** A file of the same size from another place that could be downloaded instead of one whose download failed; null when there is none. */
export function otherSource(model: Model, models: readonly Model[]): Model | null {
  return (
    catalogueModels(models).find(
      ({ size, profile, state }) =>
        size === model.size && profile !== model.profile && (state.kind === 'available' || state.kind === 'paused'),
    ) ?? null
  );
}
