import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import type { MeaningState } from '../../../electron/shared/asking.ts';

/** How far documents can be searched by meaning, in one line. */
export function meaningWords({ documents, ready, distrusted, working, memoryBytes }: MeaningState, wanted: boolean): string {
  if (!wanted) return 'Off. Documents are searched by their words.';
  if (documents === 0) return 'No documents yet.';
  const parts = [`${ready} of ${documents === 1 ? '1 document' : `${documents} documents`} ready`];
  if (working !== null) parts.push(`preparing ${working.name}, ${Math.floor((100 * working.done) / Math.max(1, working.total))} %`);
  if (distrusted > 0)
    parts.push(
      `${distrusted === 1 ? '1 stays' : `${distrusted} stay`} with words, since meaning did not find ${distrusted === 1 ? 'its' : 'their'} own sentences`,
    );
  if (memoryBytes > 0) parts.push(`${bytesInWords(memoryBytes)} in memory`);
  return `${parts.join(' · ')}.`;
}
