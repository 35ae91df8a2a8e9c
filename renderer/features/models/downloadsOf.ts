import type { Model } from '../../../electron/shared/models.ts';

/** What is fetched, waits, was paused or failed on its way, in the order of the list; files that are being added count too. */
export function downloadsOf(models: readonly Model[]): readonly Model[] {
  return models.filter(({ state, text }) => {
    if (state.kind === 'failed') return text.path === null;
    return state.kind === 'downloading' || state.kind === 'queued' || state.kind === 'paused';
  });
}

/** How far all running downloads are together, 0..1; null while none runs. */
export function downloadedFraction(models: readonly Model[]): number | null {
  const running = models.flatMap(({ state }) => (state.kind === 'downloading' ? [state] : []));
  if (running.length === 0) return null;
  const total = running.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  const received = running.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  return total === 0 ? 0 : Math.min(1, received / total);
}
