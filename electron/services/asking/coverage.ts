import type { AnswerCoverage, DocumentCoverage } from '../../shared/asking.ts';
import type { DocumentSegment } from '../context/segments.ts';
import type { DocumentInput } from '../generation/readInputs.ts';
import type { AnswerReading } from './answerReadings.ts';
import type { PathDocuments } from './documentsInPath.ts';

/** What of each document is in the prompt, at whichever question it stands. */
export function coverageInPrompt(documents: readonly DocumentInput[], placed: PathDocuments, reading: AnswerReading): AnswerCoverage {
  return coverageOfSegments(documents, [...placed.values()].flat(), reading);
}

/** What of each document these segments hold. */
export function coverageOfSegments(
  documents: readonly DocumentInput[],
  segments: readonly DocumentSegment[],
  { mode, reason, foundBy }: AnswerReading,
): AnswerCoverage {
  const own = ({ attachment }: DocumentInput): readonly DocumentSegment[] =>
    segments.filter(({ attachmentId }) => attachmentId === attachment.id);
  return {
    mode,
    reason,
    ...(foundBy === undefined ? {} : { foundBy }),
    documents: documents.map((input) => coverageOf(input, own(input))),
  };
}

/** Every page that has any text: what `exhaustive` reads. */
export function coverageOfAll(documents: readonly DocumentInput[], reading: AnswerReading): AnswerCoverage {
  return coverageOfSegments(
    documents,
    documents.map(({ segment }) => segment),
    reading,
  );
}

function coverageOf(input: DocumentInput, segments: readonly DocumentSegment[]): DocumentCoverage {
  const whole = segments.some(({ excerptOf }) => excerptOf === undefined);
  const given = whole ? input.segment.pages : segments.flatMap(({ pages }) => pages);
  const read = new Set(given.filter(({ source }) => source !== 'failed').map(({ page }) => page));
  return {
    attachmentId: input.attachment.id,
    file: input.attachment.name,
    pagesRead: [...read].sort((a, b) => a - b),
    pages: input.pages,
    ...(input.pages > input.segment.pages.length ? { stillReading: input.pages - input.segment.pages.length } : {}),
    charactersRead: lengthOf(given),
    characters: lengthOf(input.segment.pages),
  };
}

/** Different texts once: two questions may be given the same excerpt. */
function lengthOf(pages: DocumentSegment['pages']): number {
  const texts = new Map(pages.map(({ page, text }) => [`${page} ${text}`, text.length]));
  return [...texts.values()].reduce((sum, length) => sum + length, 0);
}
