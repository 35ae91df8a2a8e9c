import { assertNever } from '../../../shared/assertNever.ts';
import { createDocumentWriter } from '../documentWriter.ts';
import { textContent, type PageContent } from '../pageContent.ts';
import { orderBlocks } from './orderBlocks.ts';
import { groupLines } from './groupLines.ts';
import { blockContents, type PagePart } from './blockContents.ts';
import type { PageRuns } from './pageRuns.ts';
import type { PlacedRun } from './placedRuns.ts';

/** A page's text, and its parts, which say where its words stand. */
export interface LaidOutPage {
  readonly content: PageContent;
  readonly parts: readonly PagePart[];
}

/**
 * A page from where its runs stand, in reading order: columns one after the other, turned text (a margin note, a stamp) after the upright text, oblique text (a watermark) last. Soft line
 * breaks are joined and hyphens mended; a blank line stands between paragraphs; lines in larger type are headings, rows of cells tables. Notes come last.
 */
export function layoutPage({ runs, notes }: PageRuns): LaidOutPage {
  const bodySize = usualSize(runs);
  const turns = [...new Set(runs.map(({ turn }) => turn))].sort((a, b) => order(a) - order(b));
  const parts = turns.flatMap((turn) =>
    orderBlocks(runs.filter((run) => run.turn === turn)).flatMap((block) =>
      // A watermark is large, and no heading.
      blockContents(groupLines(block), Number.isInteger(turn) ? bodySize : Infinity),
    ),
  );
  const writer = createDocumentWriter();
  for (const part of parts) {
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
  for (const note of notes) writer.paragraph(note);
  return { content: writer.finish()[0] ?? textContent(''), parts };
}

/** Oblique text comes last. */
function order(turn: number): number {
  return Number.isInteger(turn) ? turn : 4 + turn;
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
