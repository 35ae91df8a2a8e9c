import type { Model } from '../../../electron/shared/models.ts';
import { catalogueModels } from './modelFacts.ts';

/** Another file of the same size that could be downloaded instead of one whose download failed; null when there is none. */
export function otherSource(model: Model, models: readonly Model[]): Model | null {
  return (
    catalogueModels(models).find(
      ({ size, id, state }) => size === model.size && id !== model.id && (state.kind === 'available' || state.kind === 'paused'),
    ) ?? null
  );
}
