import type { PageSource } from '../../shared/attachments.ts';
import { evenText } from './evenText.ts';

/** A word of a document; `scanned` when OCR read its page. Offsets are into the pages' texts put together. */
export interface OcrWord {
  readonly even: string;
  readonly start: number;
  readonly end: number;
  readonly scanned: boolean;
}

/** Share of a quotation's letters that may differ from what OCR read. */
const mostDifferent = 0.05;

/** The words of the pages; `starts` says where each page begins. Empty when no page was read by OCR. */
export function ocrWords(
  pages: readonly { readonly source: PageSource; readonly text: string }[],
  starts: readonly number[],
): readonly OcrWord[] {
  if (!pages.some(({ source }) => source === 'ocr')) return [];
  return pages.flatMap(({ source, text }, index) =>
    [...text.matchAll(/\S+/g)].map((match) => {
      const start = (starts[index] ?? 0) + match.index;
      return { even: evenText(match[0]).text, start, end: start + match[0].length, scanned: source === 'ocr' };
    }),
  );
}

/**
 * Places where pages read by OCR hold the same number of words with at most 5 % of all letters different: per word one letter and another for each four,
 * and nothing in a word with a digit. A left-out "not" or another number is therefore never taken for a misreading. The likest first.
 */
export function findOcrWords(words: readonly OcrWord[], quote: string, most: number): readonly (readonly [number, number])[] {
  const wanted = quote.split(/\s+/).flatMap((word) => {
    const even = evenText(word).text;
    return even === '' ? [] : [even];
  });
  const bound = Math.floor(mostDifferent * wanted.reduce((sum, word) => sum + word.length, 0));
  if (bound < 1) return [];
  const found: { readonly place: readonly [number, number]; readonly different: number }[] = [];
  for (let at = 0; at + wanted.length <= words.length; at += 1) {
    const first = words[at];
    const last = words[at + wanted.length - 1];
    if (first === undefined || last === undefined) continue;
    const different = differs(words, at, wanted, bound);
    if (different <= bound) found.push({ place: [first.start, last.end], different });
  }
  return found
    .sort((a, b) => a.different - b.different)
    .slice(0, most)
    .map(({ place }) => place);
}

/** Letters that differ, or more than `bound`. */
function differs(words: readonly OcrWord[], at: number, wanted: readonly string[], bound: number): number {
  let sum = 0;
  for (const [index, word] of wanted.entries()) {
    const read = words[at + index];
    if (read?.scanned !== true) return bound + 1;
    if (read.even === word) continue;
    if (/\d/.test(read.even + word)) return bound + 1;
    const distance = editDistance(read.even, word);
    if (distance > 1 + Math.floor(word.length / 4)) return bound + 1;
    sum += distance;
    if (sum > bound) return sum;
  }
  return sum;
}

/** Letters to insert, leave out or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
