import { assertNever } from '../../../shared/assertNever.ts';
import { createDocumentWriter } from '../documentWriter.ts';
import { textContent, type PageContent } from '../pageContent.ts';
import { orderBlocks } from './orderBlocks.ts';
import { groupLines, type TextLine } from './groupLines.ts';
import { blockContents } from './blockContents.ts';
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

/**
 * A page from where its runs stand: soft line breaks joined and hyphens mended, a blank line between paragraphs, lines in larger type as headings, rows of
 * cells as tables.
 */
export function layoutPage(runs: readonly PlacedRun[]): PageContent {
  const bodySize = usualSize(runs);
  const writer = createDocumentWriter();
  for (const block of layoutBlocks(runs))
    for (const part of blockContents(block, bodySize)) {
      switch (part.kind) {
        case 'heading':
          writer.heading(part.level, part.text);
          break;
        case 'table':
          writer.table({ name: '', rows: part.rows });
          break;
        case 'text':
          writer.paragraph(part.text);
          break;
        default:
          assertNever(part, 'part of a page');
      }
    }
  return writer.finish()[0] ?? textContent('');
}

/** The size of type, in points, that most letters of the page have. */
function usualSize(runs: readonly PlacedRun[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of runs) {
    const rounded = Math.round(size * 2) / 2;
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length);
  }
  return [...letters].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}
