import { assertNever } from '../../../electron/shared/assertNever.ts';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import { formatNumber } from '../../components/numberText.ts';

export interface VerdictWords {
  readonly tone: 'good' | 'warning' | 'danger';
  readonly text: string;
}

/** Whether this computer has the memory, for people. */
export function verdictWords({ verdict, total, free }: ModelEstimate): VerdictWords {
  switch (verdict.kind) {
    case 'fits':
      return { tone: 'good', text: `Fits: takes ${bytesInWords(total)} of ${bytesInWords(free)} free` };
    case 'fitsWith':
      return { tone: 'warning', text: `Fits with a shorter context: ${formatNumber(verdict.contextTokens)} tokens` };
    case 'tooBig':
      return { tone: 'danger', text: `Too big: ${bytesInWords(verdict.shortBytes)} short` };
    default:
      return assertNever(verdict, 'verdict');
  }
}
