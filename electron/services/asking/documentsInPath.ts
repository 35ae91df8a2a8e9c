import { assertNever } from '../../shared/assertNever.ts';
import { isLaterStateOf } from '../../shared/attachments.ts';
import type { Message, UserMessage } from '../../shared/conversations.ts';
import { lastQuestion } from '../conversations/branches.ts';
import type { DocumentSegment } from '../context/segments.ts';
import type { DocumentInput, Inputs } from '../generation/readInputs.ts';
import { type AnswerReading, wholeReading } from './answerReadings.ts';

/** The documents of each question in a prompt, by message id. */
export type PathDocuments = ReadonlyMap<string, readonly DocumentSegment[]>;

/** Every document that these messages hold, in the order in which they came. One that was read again is the newer one from then on. */
export function documentsOf(path: readonly Message[], inputs: Inputs): readonly DocumentInput[] {
  const ids = new Set(
    path.flatMap((message) => (message.role === 'user' ? message.attachments.map(({ attachmentId }) => attachmentId) : [])),
  );
  const held = [...ids].flatMap((id) => {
    const input = inputs.get(id);
    return input?.kind === 'document' ? [input] : [];
  });
  return held.filter((input) => !held.some((other) => isLaterStateOf(other.attachment, input.attachment)));
}

/**
 * What of the documents stands at which question. Each question has what its own answer was given, so that a conversation that goes on is the same
 * prompt from its start; only when the last question wants excerpts are whole documents before it left out.
 */
export function documentsInPath(options: {
  readonly path: readonly Message[];
  readonly inputs: Inputs;
  /** Of the last question. */
  readonly current: AnswerReading;
  readonly readingOf: (answerId: string) => AnswerReading | null;
}): PathDocuments {
  const { path, inputs, current, readingOf } = options;
  const placed = new Map<string, readonly DocumentSegment[]>();
  const whole = new Set<string>();
  const last = lastQuestion(path);
  for (const [index, message] of path.entries()) {
    if (message.role !== 'user') continue;
    const answer = path[index + 1];
    const own = message === last ? current : ((answer === undefined ? null : readingOf(answer.id)) ?? wholeReading);
    const givesWay = message !== last && current.mode === 'relevant' && own.mode === 'whole';
    const known = documentsOf(path.slice(0, index + 1), inputs);
    const attached = known.filter((input) => isAttached(message, input));
    placed.set(message.id, givesWay ? attached.map(mention) : segmentsFor(own, { known, attached, whole }));
  }
  return placed;
}

function segmentsFor(
  reading: AnswerReading,
  { known, attached, whole }: { known: readonly DocumentInput[]; attached: readonly DocumentInput[]; whole: Set<string> },
): readonly DocumentSegment[] {
  switch (reading.mode) {
    case 'whole': {
      // One that was attached again is given again, as the user did it; one from before only when it is not there whole.
      const given = known.filter((input) => attached.includes(input) || !whole.has(input.attachment.id));
      for (const { attachment } of given) whole.add(attachment.id);
      return given.map(({ segment }) => segment);
    }
    case 'relevant':
      return reading.excerpts;
    case 'exhaustive':
    case 'tables':
      return attached.map(mention);
    default:
      return assertNever(reading.mode, 'reading mode');
  }
}

function isAttached(message: UserMessage, { attachment }: DocumentInput): boolean {
  return message.attachments.some(({ attachmentId }) => attachmentId === attachment.id);
}

/** A document named without its text. */
function mention({ segment: { attachmentId, name }, pages }: DocumentInput): DocumentSegment {
  return { attachmentId, name, pages: [], excerptOf: pages };
}
