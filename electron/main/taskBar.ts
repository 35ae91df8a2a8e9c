import type { BrowserWindow } from 'electron';
import { createWorkTracker, type WorkProgress } from '../services/progress/workTracker.ts';
import type { Services } from '../services/createServices.ts';

/** Shows in the task bar or the dock how far the work is that somebody waits for. */
export function showWorkInTaskBar(services: Pick<Services, 'onEvent'>, window: () => BrowserWindow | null): void {
  const track = createWorkTracker();
  let shown = toBar(null);
  services.onEvent((event) => {
    const value = toBar(track(event));
    if (value === shown) return;
    shown = value;
    window()?.setProgressBar(value);
  });
}

/** Electron's number: negative for none, above 1 for a bar without an end. In steps of a hundredth. */
function toBar(progress: WorkProgress): number {
  if (progress === null) return -1;
  return progress === 'unknown' ? 2 : Math.round(progress * 100) / 100;
}
