import type { AppState } from '../../../electron/shared/appState.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { isInstalled } from './modelFacts.ts';

/** Models whose download has just ended well: downloading before, installed now. */
export function arrivedModels(before: readonly Model[], after: readonly Model[]): readonly Model[] {
  const downloading = new Set(before.filter(({ state }) => state.kind === 'downloading').map(({ id }) => id));
  return after.filter(({ id, state }) => state.kind === 'installed' && downloading.has(id));
}

/** True when nothing is in memory and this is the chosen model, or no other chosen one is here. */
export function isAwaited(model: Model, { engine, models, settings }: Pick<AppState, 'engine' | 'models' | 'settings'>): boolean {
  if (engine.kind !== 'idle' && engine.kind !== 'failed') return false;
  const chosen = models.find(({ id }) => id === settings.modelId);
  return chosen === undefined || chosen.id === model.id || !isInstalled(chosen);
}
