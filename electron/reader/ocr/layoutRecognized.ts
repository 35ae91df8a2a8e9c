import type { TableCell } from '../../shared/documents.ts';
import { layoutPage } from '../documents/pdf/layoutPage.ts';
import type { PlacedRun } from '../documents/pdf/placedRuns.ts';
import type { PageTable } from '../readerContract.ts';
import type { RecognizedWord } from './ocrMessages.ts';

/** A recognised page that has tables. */
export interface RecognizedLayout {
  readonly text: string;
  readonly tables: readonly PageTable[];
  /** In the order of the text. */
  readonly words: readonly RecognizedWord[];
}

/** Of the font size: capitals and figures, and what reaches below the line. */
const capitalHeight = 0.72;
const descent = 0.22;
/** Lines of nearly the usual size have it: heights of words are measured from few pixels. */
const usualSizes = { least: 0.7, most: 1.4 };
/** A word found with less confidence than this may be another; clear type is found with 95. A higher one is no proof. */
const sureConfidence = 90;
/** What the recogniser takes the rules of a table for. */
const rules = /^[|¦_[\]{}]+|[|¦_[\]{}]+$/g;

/** The page with its tables, from where its words stand; null when there is no table among them. */
export function layoutRecognized(found: readonly RecognizedWord[]): RecognizedLayout | null {
  const usual = usualSize(found);
  const wordOf = new Map<PlacedRun, RecognizedWord>();
  for (const word of found) {
    const text = word.text.replaceAll(rules, '');
    if (text !== '') wordOf.set(runOf({ ...word, text }, usual), { ...word, text });
  }
  const { content, parts } = layoutPage({ runs: [...wordOf.keys()], notes: [] });
  const ofTables = parts.filter(({ kind }) => kind === 'table');
  if (content.tables.length === 0) return null;
  const tables = content.tables.map((table, index): PageTable => {
    const doubts = (ofTables[index]?.runs ?? []).map((runs) => runs.some((run) => (wordOf.get(run)?.confidence ?? 100) < sureConfidence));
    const columns = table.columnNumbers.length;
    return { ...table, rows: table.rows.map((row, at) => row.map((cell, column) => marked(cell, doubts[at * columns + column] ?? false))) };
  });
  return { text: content.text, tables, words: parts.flatMap(({ runs }) => runs.flat().flatMap((run) => wordOf.get(run) ?? [])) };
}

function marked(cell: TableCell, doubtful: boolean): TableCell {
  return doubtful ? { ...cell, doubtful } : cell;
}

function runOf({ text, x, y, width, height }: RecognizedWord, usual: number): PlacedRun {
  const own = sizeOf({ text, height });
  const size = own !== null && (own < usualSizes.least * usual || own > usualSizes.most * usual) ? own : usual;
  const below = /[gjpqy,;()Q/|]/.test(text) ? descent * size : 0;
  return { text, left: x, right: x + width, baseline: y + height - below, size, rightToLeft: false, turn: 0 };
}

/** The font size that a word shows; null for one without capitals or figures. */
function sizeOf({ text, height }: Pick<RecognizedWord, 'text' | 'height'>): number | null {
  return /^[\p{Lu}\d][\p{Lu}\p{Ll}\d.-]*$/u.test(text) && !/[gjpqyQ]/.test(text) ? height / capitalHeight : null;
}

function usualSize(words: readonly RecognizedWord[]): number {
  const sizes = words.flatMap((word) => sizeOf(word) ?? []).sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)] ?? Math.max(1, ...words.map(({ height }) => height));
}
