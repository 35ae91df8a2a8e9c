import type { PageSource } from '../../shared/attachments.ts';
import type { QuoteMatch } from '../../shared/citations.ts';
import { type EvenText, evenText } from './evenText.ts';
import { type OcrWord, findOcrWords, ocrWords } from './ocrMatch.ts';
import { insideWord } from './wordEdges.ts';

export interface QuotableDocument {
  readonly attachmentId: string;
  readonly name: string;
  readonly pages: readonly { readonly page: number; readonly source: PageSource; readonly text: string }[];
}

/** A quotation found; offsets in UTF-16 units of the page's text. */
export interface Place {
  readonly page: number;
  readonly how: QuoteMatch;
  readonly start: number;
  readonly end: number;
  /** The part on the pages that follow, for a quotation that goes over page breaks. */
  readonly rest: readonly { readonly page: number; readonly start: number; readonly end: number }[];
}

export interface DocumentSearch {
  /** Places of these words, `most` at most: as they are written before those that are evened out, then in reading order; of OCR the likest first. */
  find(quote: string, most: number): readonly Place[];
}

/** Marks that a writer puts inside the quotation marks although they are not the document's. */
const addedMarks = /^(?:\[?(?:\.{3}|…)\]?\s*)+|(?:\s*\[?(?:\.{3}|…)\]?|[.,;:!?])+$/g;

/** Places looked at for one quotation: words that stand in more are the same words everywhere. */
const mostHits = 1_000;

type Hit = readonly [start: number, end: number];

/** Prepares a document for being searched for quotations. */
export function createDocumentSearch({ pages }: QuotableDocument): DocumentSearch {
  const starts: number[] = [];
  let text = '';
  for (const page of pages) {
    starts.push(text.length);
    text += `${page.text}\n`;
  }
  const even = evenText(text);
  let scanned: readonly OcrWord[] | null = null;

  const placeOf = (start: number, end: number, how: QuoteMatch): Place => {
    const index = starts.findLastIndex((from) => from <= start);
    const parts = pages.slice(index).flatMap((page, offset) => {
      const from = starts[index + offset] ?? 0;
      const piece = { page: page.page, start: Math.max(0, start - from), end: Math.min(page.text.length, end - from) };
      return piece.end > piece.start ? [piece] : [];
    });
    const [first = { page: 1, start: 0, end: 0 }, ...rest] = parts;
    return { ...first, how, rest };
  };
  const findEven = (quote: string, wanted: string, most: number): readonly Place[] => {
    const all = hits(text, even, evenText(wanted).text);
    const isExact = ([start, end]: Hit): boolean => text.slice(start, end) === quote;
    return [...all.filter(isExact), ...all.filter((hit) => !isExact(hit))]
      .slice(0, most)
      .map((hit) => placeOf(...hit, isExact(hit) ? 'exact' : 'normalised'));
  };

  return {
    find: (quote, most) => {
      const bare = quote.replaceAll(addedMarks, '').trim();
      const asWritten = findEven(quote, quote, most);
      const found = asWritten.length > 0 || bare === quote ? asWritten : findEven(quote, bare, most);
      if (found.length > 0) return found;
      scanned ??= ocrWords(pages, starts);
      return findOcrWords(scanned, bare, most).map(([start, end]) => placeOf(start, end, 'ocr'));
    },
  };
}

/** Begin and end in the original of each place that neither begins nor ends inside a word. */
function hits(original: string, even: EvenText, wanted: string): readonly Hit[] {
  const found: Hit[] = [];
  if (wanted === '') return found;
  for (let at = even.text.indexOf(wanted); at >= 0 && found.length < mostHits; at = even.text.indexOf(wanted, at + 1)) {
    const start = even.starts[at] ?? 0;
    const end = even.ends[at + wanted.length - 1] ?? start;
    if (!insideWord(original, start) && !insideWord(original, end)) found.push([start, end]);
  }
  return found;
}
