import type { RunResult } from '../../engine/engineContract.ts';
import type { Message } from '../../shared/conversations.ts';
import { lastQuestion } from '../conversations/branches.ts';
import { coverageOfSegments } from '../asking/coverage.ts';
import { createEngineAsker } from '../asking/exhaustive/askEngine.ts';
import { readEveryPart } from '../asking/exhaustive/readEveryPart.ts';
import { searchedDocument } from '../asking/pickExcerpts.ts';
import type { PlannedReading } from '../asking/planReading.ts';
import type { Room } from '../context/usage.ts';
import type { AnswerStream } from './answerStream.ts';
import type { GenerationParts } from './generationParts.ts';
import type { ActiveModel } from './modelHost.ts';
import type { DocumentInput } from './readInputs.ts';
import { documentReceipt, type ReceiptParts } from './receipts.ts';

/** Texts tokenised in one request. */
const textsAtOnce = 256;

export interface ExhaustiveRequest {
  readonly messageId: string;
  readonly system: string;
  readonly path: readonly Message[];
  readonly active: ActiveModel;
  readonly planned: PlannedReading;
  readonly room: Room;
}

/** What an answer of many prompts, or of none over the text, puts into its receipt. */
export type Outcome = Pick<ReceiptParts, 'result' | 'documents' | 'coverage' | 'warnings' | 'table' | 'list'> & {
  readonly generatedTokens: number;
};

/** Answers by reading every part of the documents in turn. The earlier conversation is not read: each part is asked about alone. */
export async function answerExhaustively(
  { messageId, system, path, active, planned, room }: ExhaustiveRequest,
  stream: AnswerStream,
  parts: GenerationParts,
  signal: AbortSignal,
): Promise<Outcome> {
  const asker = createEngineAsker({ system, active, runId: messageId }, parts, signal);
  const documents = [];
  for (const input of planned.documents) {
    const chunks = parts.retrieval.chunks(searchedDocument(input));
    documents.push({ input, chunks, counts: await countChunks(input, chunks, parts, signal) });
  }
  const { read, warnings, cancelled, list } = await readEveryPart({
    question: lastQuestion(path)?.text ?? '',
    documents,
    contextTokens: room.contextTokens,
    maxTokens: room.answerRoom,
    asker,
    signal,
    stage: (part, total, found) => stream.setStage({ kind: 'readingParts', part, parts: total, found }),
    write: (text, tokens) => stream.write(text, tokens),
  });
  const { generatedTokens, ...total } = asker.total();
  const result: RunResult = { ...total, text: stream.rawText(), ids: [], stopReason: cancelled ? 'cancelled' : 'endOfTurn' };
  return {
    result,
    generatedTokens,
    documents: documents.map(({ input, counts }) =>
      documentReceipt(
        input,
        counts.reduce((sum, count) => sum + count, 0),
      ),
    ),
    coverage: coverageOfSegments(planned.documents, read, planned.reading),
    warnings,
    list,
  };
}

async function countChunks(
  { segment }: DocumentInput,
  chunks: readonly { readonly page: number; readonly start: number; readonly end: number }[],
  { engine }: GenerationParts,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const texts = new Map(segment.pages.map(({ page, text }) => [page, text]));
  const counts: number[] = [];
  for (let from = 0; from < chunks.length; from += textsAtOnce) {
    const some = chunks.slice(from, from + textsAtOnce).map(({ page, start, end }) => (texts.get(page) ?? '').slice(start, end));
    counts.push(...(await engine.request('prompt.tokenize', { parts: some.map((text) => ({ kind: 'text', text })) }, signal)).counts);
  }
  return counts;
}
