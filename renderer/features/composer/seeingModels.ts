import type { Model } from '../../../electron/shared/models.ts';

/** Installed models that see pictures, the built-in tiny one last: a bigger one answers better. */
export function seeingModels(models: readonly Model[]): readonly Model[] {
  return models
    .filter(({ projector, state }) => projector !== null && state.kind === 'installed')
    .toSorted((a, b) => Number(a.builtIn) - Number(b.builtIn));
}
