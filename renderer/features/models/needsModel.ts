import type { AppState } from '../../../electron/shared/appState.ts';
import { isInstalled } from './modelFacts.ts';

/** True while there is nothing that could answer: no model in memory or on its way, and none chosen that is here. */
export function needsModel({ engine, models, settings }: Pick<AppState, 'engine' | 'models' | 'settings'>): boolean {
  if (engine.kind !== 'idle' && engine.kind !== 'failed') return false;
  const chosen = models.find((model) => model.id === settings.modelId);
  return chosen === undefined || !isInstalled(chosen);
}
