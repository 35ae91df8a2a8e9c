import type { Model } from '../../../electron/shared/models.ts';

/** Models whose download has just ended well: downloading before, installed now. */
export function arrivedModels(before: readonly Model[], after: readonly Model[]): readonly Model[] {
  const downloading = new Set(before.filter(({ state }) => state.kind === 'downloading').map(({ id }) => id));
  return after.filter(({ id, state }) => state.kind === 'installed' && downloading.has(id));
}
