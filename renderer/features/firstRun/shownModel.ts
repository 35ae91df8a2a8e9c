import type { Model } from '../../../electron/shared/models.ts';
import { catalogueModels, isInstalled } from '../models/modelFacts.ts';

/** The file that stands for an offer: another one of the same size takes its place once that is here or on its way. */
export function shownModel(offered: Model, models: readonly Model[]): Model {
  if (isBegun(offered)) return offered;
  return catalogueModels(models).find((model) => model.size === offered.size && isBegun(model)) ?? offered;
}

function isBegun(model: Model): boolean {
  return isInstalled(model) || model.state.kind === 'downloading' || model.state.kind === 'paused';
}
