import type { Citation } from '../../shared/citations.ts';
import { checkCitations } from '../citations/checkCitations.ts';
import type { Place, QuotableDocument } from '../citations/searchDocument.ts';
import type { DocumentSegment } from '../context/segments.ts';
import type { AttachmentSource } from './attachmentSource.ts';
import { type Inputs, quotablePages } from './readInputs.ts';

/** What an answer over these files may quote: each document's pages in one text, since a sentence may go over a page break. */
export function quotableTexts(inputs: Inputs): readonly string[] {
  return [...inputs.values()].flatMap((input) =>
    input.kind === 'document'
      ? [
          quotablePages(input)
            .map(({ text }) => text)
            .join('\n'),
        ]
      : [],
  );
}

/** Whether the words at this place, on each of its pages, are in what was given. */
function isGiven(document: QuotableDocument, place: Place, given: readonly DocumentSegment[]): boolean {
  const pages = given.filter(({ attachmentId }) => attachmentId === document.attachmentId).flatMap((segment) => segment.pages);
  return [place, ...place.rest].every(({ page, start, end }) => {
    const words = document.pages.find((one) => one.page === page)?.text.slice(start, end) ?? '';
    return pages.some((one) => one.page === page && one.text.includes(words));
  });
}

/** The quotations of an answer, checked against the documents it was made from. */
export async function citeDocuments(
  answer: string,
  inputs: Inputs,
  source: Pick<AttachmentSource, 'rectangles'>,
  /** What of the documents the model was given; all of it when absent. */
  given?: readonly DocumentSegment[],
): Promise<readonly Citation[]> {
  const documents = [...inputs.values()].flatMap((input) =>
    input.kind === 'document' ? [{ ...input.segment, pages: quotablePages(input) }] : [],
  );
  const checked = checkCitations({
    answer,
    documents,
    ...(given === undefined ? {} : { isGiven: (document, place) => isGiven(document, place, given) }),
  });
  return Promise.all(
    checked.map(async ({ start, end, quote, source: found }): Promise<Citation> => {
      if (found === null) return { start, end, quote, source: null };
      const { place, ...cited } = found;
      return { start, end, quote, source: { ...cited, rectangles: await source.rectangles(cited.attachmentId, quote, place) } };
    }),
  );
}
