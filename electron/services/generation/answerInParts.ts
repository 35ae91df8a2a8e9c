import { trimText } from '../context/pieces.ts';
import { answerExhaustively, type ExhaustiveRequest } from './answerExhaustively.ts';
import { answerFromTables } from './answerFromTables.ts';
import type { WrittenAnswer } from './answerJob.ts';
import type { AnswerStream } from './answerStream.ts';
import { citeDocuments } from './citeDocuments.ts';
import { everyPartCost } from './everyPartCost.ts';
import type { GenerationParts } from './generationParts.ts';
import { deletedWarnings, type Inputs, usesIn } from './readInputs.ts';
import { inputWarnings, makeReceipt, type ReceiptParts } from './receipts.ts';

export interface InPartsRequest extends ExhaustiveRequest {
  readonly mode: 'exhaustive' | 'tables';
  readonly inputs: Inputs;
  readonly compaction: ReceiptParts['compaction'];
  readonly loadMs: number;
  /** Milliseconds since the question, without waiting for another window and loading. */
  readonly sinceAsked: () => number;
}

/** Writes an answer that more than one run makes: over every part of documents, or by a query of their tables. Errors as `writeAnswer`. */
export async function answerInParts(
  request: InPartsRequest,
  stream: AnswerStream,
  parts: GenerationParts,
  signal: AbortSignal,
): Promise<WrittenAnswer> {
  const { mode, inputs, active, path, planned, room, compaction, loadMs, sinceAsked } = request;
  const predictedMs = mode === 'tables' ? null : everyPartCost(planned, room, parts.speeds.costs(active)).ms;
  const written = await (mode === 'tables' ? answerFromTables : answerExhaustively)(request, stream, parts, signal);
  const rawText = stream.rawText();
  const { prefillMs, decodeMs } = written.result;
  const receipt = makeReceipt({
    active,
    ...written,
    seed: 0,
    compaction,
    images: [],
    citations: await citeDocuments(trimText(rawText), inputs, parts.attachments),
    warnings: [...deletedWarnings(usesIn(path), inputs), ...inputWarnings(inputs, active), ...written.warnings],
    predictedMs,
    timings: { loadMs, encodeMs: 0, prefillMs, firstTokenMs: sinceAsked(), decodeMs },
  });
  return { receipt, tokens: { modelSha256: active.model.text.sha256 ?? '', rawText, ids: null } };
}
