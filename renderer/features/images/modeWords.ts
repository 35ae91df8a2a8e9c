import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { PanScanMode } from '../../../electron/shared/attachments.ts';

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
