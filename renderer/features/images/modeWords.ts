import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { ImagePlan, PanScanMode } from '../../../electron/shared/attachments.ts';
import type { ImageReceipt, ViewReceipt } from '../../../electron/shared/generation.ts';
import { shortDuration } from '../../../electron/shared/durationInWords.ts';

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

/** What looking at a picture takes of the context: "4 views · 1,074 tokens". */
export function roomWords({ crops, tokens }: Pick<ImagePlan, 'crops' | 'tokens'>): string {
  return `${viewCount(crops.length + 1)} · ${tokenCount(tokens)}`;
}

/** How long Send would wait for a picture: "about 3 s", "3 of 7 views ready · about 2 s", "Ready"; empty while nothing is known. */
export function waitWords({ crops, ready, predictedMs }: Pick<ImagePlan, 'crops' | 'ready' | 'predictedMs'>): string {
  const views = crops.length + 1;
  if (ready === views) return 'Ready';
  const parts = [
    ...(ready === 0 ? [] : [`${ready} of ${views} views ready`]),
    ...(predictedMs === null ? [] : [`about ${shortDuration(predictedMs)}`]),
  ];
  return parts.join(' · ');
}

/** What looking at a picture cost: "4 views · 1,040 tokens · 3.2 s". */
export function receiptWords({ crops, tokens, cached, encodeMs }: ImageReceipt): string {
  return [viewCount(crops.length + 1), tokenCount(tokens), cached ? 'kept from before' : shortDuration(encodeMs)].join(' · ');
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
  return ms < 1000 ? `${Math.round(ms)} ms` : shortDuration(ms);
}
