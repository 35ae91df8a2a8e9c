import type { AskMode } from '../../shared/asking.ts';
import type { Message } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import { lastQuestion } from '../conversations/branches.ts';
import type { PromptUsage, Room } from '../context/usage.ts';
import type { DocumentInput, Inputs } from '../generation/readInputs.ts';
import { type AnswerReading, wholeReading } from './answerReadings.ts';
import { type PathDocuments, documentsInPath, documentsOf } from './documentsInPath.ts';
import { type ExcerptSearch, pickExcerpts } from './pickExcerpts.ts';
import { pickMode } from './pickMode.ts';

/** Part of the context that excerpts take, and the bounds of it in tokens: enough for a dozen passages, quick to read. */
const excerptPart = 1 / 4;
const leastExcerpts = 256;
const mostExcerpts = 4_096;
/** Kept free beside the excerpts, since a text counts a little differently between others. */
const spareTokens = 48;
/** Characters for each token of the context beyond which a document surely does not fit, and need not be counted. */
const sureCharacters = 12;

export interface ReadingRequest {
  readonly wish: AskMode;
  /** Of an answer that goes on: what it was given. Null for a new one. */
  readonly kept: AnswerReading | null;
  readonly path: readonly Message[];
  readonly inputs: Inputs;
  readonly room: Room;
  readonly readingOf: (answerId: string) => AnswerReading | null;
}

export interface ReadingTools extends ExcerptSearch {
  readonly hasTables: (documents: readonly DocumentInput[]) => Promise<boolean>;
  /** Tokens of the prompt with these documents. */
  readonly usage: (documents: PathDocuments) => Promise<PromptUsage>;
  /** Tokens of each text. */
  readonly count: (texts: readonly string[]) => Promise<readonly number[]>;
  /** Milliseconds to the first word with these documents, which `usage` has counted or are surely too many; null when never measured. */
  readonly promptMs: (documents: PathDocuments, tokens: number) => Promise<number | null>;
}

/** How the documents of the last question are read. */
export interface PlannedReading {
  readonly reading: AnswerReading;
  /** The words of the last question. */
  readonly question: string;
  readonly documents: readonly DocumentInput[];
  readonly placed: PathDocuments;
  /** Tokens of all documents in the prompt when given whole; estimated when it is far too many. */
  readonly wholeTokens: number;
  readonly wholeFits: boolean;
}

/**
 * Settles what a wish means for this question and this context: picks in mode `auto`, and chooses the excerpts in mode `relevant`.
 * @throws FacetError invalidRequest for `tables` without a table
 */
export async function planReading(request: ReadingRequest, tools: ReadingTools): Promise<PlannedReading> {
  const { wish, kept, path, inputs, room, readingOf } = request;
  const documents = documentsOf(path, inputs);
  const place = (current: AnswerReading): PathDocuments => documentsInPath({ path, inputs, current, readingOf });
  const question = lastQuestion(path)?.text ?? '';
  const wholePlace = place(wholeReading);
  if (documents.length === 0) return { reading: wholeReading, question, documents, placed: wholePlace, wholeTokens: 0, wholeFits: true };
  const whole = await wholeUsage(documents, wholePlace, room, tools);
  const wholeFits = whole.total + room.answerRoom <= room.contextTokens;
  const hasPictures = [...inputs.values()].some(({ kind }) => kind === 'image');
  // Every table is read for that, so it is asked only where the way of reading depends on it.
  // A sum over the first pages of a table would be a wrong number.
  const allRead = documents.every((document) => document.texts.length >= document.pages);
  const mayCompute = allRead && ((wish === 'auto' && !hasPictures) || wish === 'tables');
  const hasTables = mayCompute ? await tools.hasTables(documents) : false;
  const picked =
    wish === 'auto'
      ? hasPictures
        ? { mode: 'whole' as const, reason: 'there are pictures with it' }
        : pickMode({
            question,
            wholeTokens: whole.total + room.answerRoom,
            documentTokens: whole.documents,
            contextTokens: room.contextTokens,
            hasTables,
            wholeMs: await tools.promptMs(wholePlace, whole.total),
          })
      : { mode: wish, reason: '' };
  if (picked.mode === 'tables' && !allRead)
    throw facetError('invalidRequest', { field: 'mode', reason: 'tables are computed once all pages are read' });
  if (picked.mode === 'tables' && !hasTables)
    throw facetError('invalidRequest', { field: 'mode', reason: 'there is no table in these documents' });
  const bare: AnswerReading = { ...picked, excerpts: [] };
  const reading = kept ?? (picked.mode === 'relevant' ? await withExcerpts(bare) : bare);
  return { reading, question, documents, placed: place(reading), wholeTokens: whole.documents, wholeFits };

  async function withExcerpts(current: AnswerReading): Promise<AnswerReading> {
    const without = await tools.usage(place(current));
    const free = room.contextTokens - room.answerRoom - without.total - spareTokens;
    const wanted = Math.min(mostExcerpts, Math.max(leastExcerpts, Math.floor(room.contextTokens * excerptPart)));
    return { ...current, ...(await pickExcerpts(documents, question, { ...tools, budget: Math.min(free, wanted) })) };
  }
}

/** What the whole documents take; not counted exactly when it is many times the context. */
async function wholeUsage(
  documents: readonly DocumentInput[],
  placed: PathDocuments,
  room: Room,
  tools: ReadingTools,
): Promise<{ readonly total: number; readonly documents: number }> {
  const characters = documents.reduce((sum, { segment }) => sum + segment.pages.reduce((length, { text }) => length + text.length, 0), 0);
  if (characters > room.contextTokens * sureCharacters) {
    const estimate = Math.round(characters / 4);
    return { total: estimate, documents: estimate };
  }
  const usage = await tools.usage(placed);
  return { total: usage.total, documents: [...usage.documents.values()].reduce((sum, tokens) => sum + tokens, 0) };
}
