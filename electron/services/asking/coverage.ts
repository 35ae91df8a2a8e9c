import type { AnswerCoverage, DocumentCoverage } from '../../shared/asking.ts';
import type { DocumentSegment } from '../context/segments.ts';
import type { DocumentInput } from '../generation/readInputs.ts';
import type { AnswerReading } from './answerReadings.ts';
import type { PathDocuments } from './documentsInPath.ts';

/** What of each document is in the prompt, at whichever question it stands. */
export function coverageInPrompt(
  documents: readonly DocumentInput[],
  placed: PathDocuments,
  { mode, reason }: AnswerReading,
): AnswerCoverage {
  const segments = [...placed.values()].flat();
  return {
    mode,
    reason,
    documents: documents.map((input) =>
      coverageOf(
        input,
        segments.filter(({ attachmentId }) => attachmentId === input.attachment.id),
      ),
    ),
  };
}

/** Every page of each document that has any text. */
export function coverageOfAll(documents: readonly DocumentInput[], { mode, reason }: AnswerReading): AnswerCoverage {
  return { mode, reason, documents: documents.map((input) => coverageOf(input, [input.segment])) };
}

function coverageOf(input: DocumentInput, segments: readonly DocumentSegment[]): DocumentCoverage {
  const whole = segments.some(({ excerptOf }) => excerptOf === undefined);
  const given = whole ? input.segment.pages : segments.flatMap(({ pages }) => pages);
  const read = new Set(given.filter(({ source }) => source !== 'failed').map(({ page }) => page));
  return {
    attachmentId: input.attachment.id,
    file: input.attachment.name,
    pagesRead: [...read].sort((a, b) => a - b),
    pages: input.segment.pages.length,
    charactersRead: lengthOf(given),
    characters: lengthOf(input.segment.pages),
  };
}

/** Different texts once: two questions may be given the same excerpt. */
function lengthOf(pages: DocumentSegment['pages']): number {
  const texts = new Map(pages.map(({ page, text }) => [`${page} ${text}`, text.length]));
  return [...texts.values()].reduce((sum, length) => sum + length, 0);
}
