import { assertNever } from '../../../electron/shared/assertNever.ts';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import { formatNumber } from '../../components/numberText.ts';

export interface VerdictWords {
  readonly tone: 'good' | 'warning' | 'danger';
  readonly text: string;
}

/** As long as a verdict gets, but for a graphics card with a very long name. */
export const longestVerdict = 'Fits: takes 10.0 GB, 10.0 GB of it on NVIDIA GeForce RTX 4090 · about 100 words a second';

/** Whether this computer has the memory, for people. */
export function verdictWords(estimate: ModelEstimate): VerdictWords {
  const { verdict, speed } = estimate;
  switch (verdict.kind) {
    case 'fits':
      return { tone: 'good', text: `Fits: takes ${takenWords(estimate)}${speedWords(speed)}` };
    case 'slow':
      return { tone: 'warning', text: `Slow: ${aboutSpeed(verdict.wordsPerSecond)}, fewer than people read` };
    case 'fitsWith':
      return { tone: 'warning', text: `Fits with a shorter context: ${formatNumber(verdict.contextTokens)} tokens` };
    case 'tooBig':
      return { tone: 'danger', text: `Too big: ${bytesInWords(verdict.shortBytes)} short` };
    default:
      return assertNever(verdict, 'verdict');
  }
}

/** "3.9 GB of 12.0 GB free", or "3.9 GB, 3.5 GB of it on Radeon RX 7600". */
export function takenWords({ total, free, gpu }: Pick<ModelEstimate, 'total' | 'free' | 'gpu'>): string {
  return gpu === null
    ? `${bytesInWords(total)} of ${bytesInWords(free)} free`
    : `${bytesInWords(total)}, ${bytesInWords(gpu.bytes)} of it on ${gpu.name}`;
}

function speedWords(speed: ModelEstimate['speed']): string {
  return speed === null ? '' : ` · ${aboutSpeed(speed.wordsPerSecond)}`;
}

function aboutSpeed(wordsPerSecond: number): string {
  const rounded = wordsPerSecond < 9.95 ? wordsPerSecond.toFixed(1) : String(Math.round(wordsPerSecond));
  return `about ${rounded} words a second`;
}
