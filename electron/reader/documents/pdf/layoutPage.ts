import { textContent, type PageContent } from '../pageContent.ts';
import { orderBlocks } from './orderBlocks.ts';
import { groupLines, type TextLine } from './groupLines.ts';
import { joinLines } from './joinLines.ts';
import type { PlacedRun } from './placedRuns.ts';

/** Lines that belong together, top to bottom. */
export type TextBlock = readonly TextLine[];

/**
 * The page's lines where they stand, in reading order: columns one after the other. Turned text (a margin note, a stamp) follows the upright text.
 */
export function layoutBlocks(runs: readonly PlacedRun[]): readonly TextBlock[] {
  return [0, 1, 2, 3].flatMap((turn) =>
    orderBlocks(runs.filter((run) => run.turn === turn))
      .map(groupLines)
      .filter((lines) => lines.length > 0),
  );
}

/** The text of a page from where its runs stand: soft line breaks joined and hyphens mended, a blank line between paragraphs. */
export function layoutPage(runs: readonly PlacedRun[]): PageContent {
  return textContent(layoutBlocks(runs).map(joinLines).join('\n\n'));
}
