import { orderBlocks } from './orderBlocks.ts';
import { groupLines, type TextLine } from './groupLines.ts';
import { joinLines } from './joinLines.ts';
import type { PlacedRun } from './placedRuns.ts';

/**
 * The text of a page from where its runs stand: columns one after the other, soft line breaks joined and hyphens mended, a blank line between
 * paragraphs. Turned text (a margin note, a stamp) follows the upright text.
 */
export function layoutPage(runs: readonly PlacedRun[]): string {
  const parts: string[] = [];
  for (const turn of [0, 1, 2, 3]) {
    const upright = runs.filter((run) => run.turn === turn);
    for (const block of orderBlocks(upright)) {
      const lines: readonly TextLine[] = groupLines(block);
      if (lines.length > 0) parts.push(joinLines(lines));
    }
  }
  return parts.join('\n\n');
}
