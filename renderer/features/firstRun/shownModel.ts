import type { Model } from '../../../electron/shared/models.ts';
import { catalogueModels, isImported, isInstalled } from '../models/modelFacts.ts';

/** The file that stands for an offer: another one of the same size takes its place once that is here or on its way, an imported one too. */
export function shownModel(offered: Model, models: readonly Model[]): Model {
  if (isBegun(offered)) return offered;
  const takesPlace = (model: Model): boolean => model.size === offered.size && isBegun(model);
  return catalogueModels(models).find(takesPlace) ?? models.filter(isImported).find(takesPlace) ?? offered;
}

function isBegun(model: Model): boolean {
  return isInstalled(model) || model.state.kind === 'downloading' || model.state.kind === 'paused';
}
