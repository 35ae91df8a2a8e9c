import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { ImagePlan, PanScanMode } from '../../../electron/shared/attachments.ts';
import type { ImageReceipt, ViewReceipt } from '../../../electron/shared/generation.ts';
import { seconds } from '../chat/receiptWords.ts';

/** How a picture was looked at, in words. */
export function modeWords(mode: PanScanMode): string {
  switch (mode) {
    case 'off':
      return 'Fast: one look at the whole picture';
    case 'auto':
      return 'Auto: closer looks where needed';
    case 'reference':
      return 'Fine: closer looks at every part';
    case 'region':
      return 'The parts you marked';
    default:
      return assertNever(mode, 'mode');
  }
}

/** What looking at a picture will cost: "4 views · about 3 s". */
export function costWords({ crops, predictedMs }: Pick<ImagePlan, 'crops' | 'predictedMs'>): string {
  const views = viewCount(crops.length + 1);
  if (predictedMs === null) return views;
  return predictedMs === 0 ? `${views} · nothing to wait for` : `${views} · about ${seconds(predictedMs)}`;
}

/** What looking at a picture cost: "4 views · 1,040 tokens · 3.2 s". */
export function receiptWords({ crops, tokens, cached, encodeMs }: ImageReceipt): string {
  return [viewCount(crops.length + 1), tokenCount(tokens), cached ? 'kept from before' : seconds(encodeMs)].join(' · ');
}

/** What one view cost; `tokens` is null where it was not recorded. */
export function viewWords(tokens: number | null, view: ViewReceipt | undefined): string {
  return [
    ...(tokens === null ? [] : [tokenCount(tokens)]),
    ...(view === undefined ? [] : [view.cached ? 'kept from before' : milliseconds(view.encodeMs)]),
  ].join(' · ');
}

/** "1 view", "4 views". */
export function viewCount(count: number): string {
  return count === 1 ? '1 view' : `${count} views`;
}

function tokenCount(count: number): string {
  return `${new Intl.NumberFormat().format(count)} tokens`;
}

function milliseconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : seconds(ms);
}
