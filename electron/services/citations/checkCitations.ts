import type { Citation, CitationSource, QuoteMatch } from '../../shared/citations.ts';
import { evenText } from './evenText.ts';
import { type Quotation, findQuotations, wordsIn } from './findQuotations.ts';
import { type Place, type QuotableDocument, createDocumentSearch } from './searchDocument.ts';

/** A quotation with what code found out about it; its rectangles are still to come. */
export interface CheckedQuotation extends Omit<Citation, 'source'> {
  readonly source: (Omit<CitationSource, 'rectangles'> & { readonly place: Place }) | null;
}

export interface CheckOptions {
  readonly answer: string;
  readonly documents: readonly QuotableDocument[];
  /** Whether the model was given this place; everything when absent. */
  readonly isGiven?: (document: QuotableDocument, place: Place) => boolean;
}

/** Places of one quotation that are weighed against each other in each document. */
const mostWeighed = 50;
/** The surer first. */
const sureness: Readonly<Record<QuoteMatch, number>> = { exact: 0, normalised: 1, ocr: 2 };

/** Fewer words and fewer characters than these point at nothing when they stand in more than `mostPlaces` places. */
const short = { words: 3, characters: 12, mostPlaces: 3 };

/**
 * Checks every quotation of an answer against the whole documents, in the order of the answer. Of several places that hold it, the one that holds it most
 * exactly is taken, then one that the model was given. One that no document has is kept without a source. Left out is what
 * cites nothing: very short words that stand everywhere, and names of the documents.
 */
export function checkCitations({ answer, documents, isGiven = () => true }: CheckOptions): readonly CheckedQuotation[] {
  const quotations = documents.length === 0 ? [] : findQuotations(answer);
  if (quotations.length === 0) return [];
  const searches = documents.map((document) => ({ document, search: createDocumentSearch(document) }));

  const check = (quotation: Quotation): CheckedQuotation | null => {
    const { quote } = quotation;
    const isShort = wordsIn(quote) < short.words && quote.length < short.characters;
    const found = searches
      .flatMap(({ document, search }) =>
        search.find(quote, mostWeighed).map((place) => ({ document, place, given: isGiven(document, place) })),
      )
      .sort((a, b) => sureness[a.place.how] - sureness[b.place.how] || Number(b.given) - Number(a.given));
    const [first] = found;
    if (first === undefined) {
      return documents.some(({ name }) => isNameOf(quote, name)) ? null : { ...quotation, source: null };
    }
    if (isShort && found.length > short.mostPlaces) return null;
    const { document, place, given } = first;
    const { page, how, start, end } = place;
    const where = { attachmentId: document.attachmentId, document: document.name, page, how, start, end, place };
    return { ...quotation, source: given ? where : { ...where, given } };
  };
  return quotations.flatMap((quotation) => check(quotation) ?? []);
}

/** With or without its ending. */
function isNameOf(quote: string, name: string): boolean {
  const even = evenText(quote).text;
  return even === evenText(name).text || even === evenText(name.replace(/\.[^.]*$/, '')).text;
}
