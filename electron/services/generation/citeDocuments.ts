import type { Citation } from '../../shared/citations.ts';
import { checkCitations } from '../citations/checkCitations.ts';
import type { AttachmentSource } from './attachmentSource.ts';
import type { Inputs } from './readInputs.ts';

/** What an answer over these files may quote: each document's pages in one text, since a sentence may go over a page break. */
export function quotableTexts(inputs: Inputs): readonly string[] {
  return [...inputs.values()].flatMap((input) =>
    input.kind === 'document' ? [input.segment.pages.map(({ text }) => text).join('\n')] : [],
  );
}

/** The quotations of an answer, checked against the documents it was made from. */
export async function citeDocuments(
  answer: string,
  inputs: Inputs,
  source: Pick<AttachmentSource, 'rectangles'>,
): Promise<readonly Citation[]> {
  const documents = [...inputs.values()].flatMap((input) => (input.kind === 'document' ? [input.segment] : []));
  const checked = checkCitations({ answer, documents });
  return Promise.all(
    checked.map(async ({ start, end, quote, source: found }): Promise<Citation> => {
      if (found === null) return { start, end, quote, source: null };
      const { place, ...cited } = found;
      return { start, end, quote, source: { ...cited, rectangles: await source.rectangles(cited.attachmentId, quote, place) } };
    }),
  );
}
