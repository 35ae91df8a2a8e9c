import { assertNever } from '../../shared/assertNever.ts';
import type { Citation } from '../../shared/citations.ts';
import type { AnswerCoverage } from '../../shared/asking.ts';
import { firstPagesWords } from '../../shared/firstPagesWords.ts';
import type { DocumentReceipt, ImageReceipt, PromptPlan, Receipt, StopReason } from '../../shared/generation.ts';
import type { ListResult } from '../../shared/listResult.ts';
import { labelOf } from '../../shared/pageName.ts';
import type { TableResult } from '../../shared/tableQuery.ts';
import type { Model, ModelMemory, PromptProfile } from '../../shared/models.ts';
import { stallWarning } from '../../services/generation/stallWarning.ts';
import type { AppClient } from '../appClient.ts';
import type { ReadInput } from './attachInputs.ts';
import type { ExportedAnswer } from './exportAnswer.ts';
import type { ReadyEngine } from './loadModel.ts';

/** The JSON of an answered question; its shape is fixed. */
export function answerReport(parts: {
  readonly answer: string;
  /** Null for a private chat. */
  readonly chatId: string | null;
  readonly receipt: Receipt;
  /** The prompt as the model read it. */
  readonly promptText: string;
  readonly engine: ReadyEngine;
  readonly inputs: readonly ReadInput[];
  /** Reading the inputs, in milliseconds: done before the model is loaded, and part of the way to the first token all the same. */
  readonly readingMs: number;
  readonly warnings: readonly string[];
  /** With `--export`. */
  readonly exported?: ExportedAnswer;
}): object {
  const { receipt, inputs } = parts;
  const { timings } = receipt;
  return {
    answer: parts.answer,
    chat: parts.chatId,
    model: {
      id: receipt.model.id,
      path: receipt.model.path,
      sha256: receipt.model.sha256,
      backend: receipt.model.backend,
      profile: receipt.model.profile,
    },
    prompt: { tokens: receipt.promptTokens, cached_tokens: receipt.cachedTokens, text: parts.promptText },
    generated: {
      tokens: receipt.generatedTokens,
      stop_reason: stopReasonWord(receipt.stopReason),
      drafted: receipt.drafts?.read ?? 0,
      accepted: receipt.drafts?.accepted ?? 0,
    },
    images: receipt.images.map((image) => imageReport(image, inputs)),
    documents: receipt.documents.map((document) => documentReport(document, inputs)),
    citations: (receipt.citations ?? []).map((citation) => citationReport(citation, receipt.documents, inputs)),
    ...(receipt.coverage === undefined ? {} : { coverage: coverageReport(receipt.coverage, inputs) }),
    ...(receipt.table === undefined ? {} : tableReport(receipt.table, inputs)),
    ...(receipt.list === undefined ? {} : listReport(receipt.list, inputs)),
    ...(parts.exported === undefined ? {} : { exported: parts.exported }),
    // Foretold when the inputs were read: what that took is known, and part of the way to the first token as in the timings.
    predicted_ms:
      receipt.predictedMs === undefined || receipt.predictedMs === null ? null : Math.round(receipt.predictedMs + parts.readingMs),
    warnings: parts.warnings,
    timings: {
      load_ms: milliseconds(timings.loadMs > 0 ? timings.loadMs : parts.engine.loadMs),
      encode_ms: milliseconds(timings.encodeMs),
      prefill_ms: milliseconds(timings.prefillMs),
      first_token_ms: milliseconds(timings.firstTokenMs + parts.readingMs),
      decode_ms: milliseconds(timings.decodeMs),
    },
    memory: memoryReport(receipt.memory),
  };
}

/** The JSON of a dry run: the same shape, with nothing generated. */
export function planReport(parts: {
  readonly plan: PromptPlan;
  readonly chatId: string | null;
  readonly model: Model;
  readonly profile: PromptProfile;
  readonly engine: ReadyEngine;
  readonly inputs: readonly ReadInput[];
}): object {
  const { plan, model, engine, inputs } = parts;
  return {
    answer: null,
    chat: parts.chatId,
    model: { id: model.id, path: model.text.path, sha256: model.text.sha256, backend: engine.backend, profile: parts.profile },
    prompt: { tokens: plan.tokens, cached_tokens: 0, text: plan.text, ids: plan.ids },
    generated: { tokens: 0, stop_reason: null },
    images: plan.images.map((image) => imageReport(image, inputs)),
    documents: plan.documents.map((document) => documentReport(document, inputs)),
    citations: [],
    ...(plan.asking === undefined ? {} : { coverage: coverageReport(plan.asking, inputs) }),
    predicted_ms: plan.predictedMs === null ? null : Math.round(plan.predictedMs),
    warnings: plan.warnings,
    timings: { load_ms: milliseconds(engine.loadMs), encode_ms: 0, prefill_ms: 0, first_token_ms: 0, decode_ms: 0 },
    memory: memoryReport(engine.memory),
  };
}

function imageReport(image: ImageReceipt, inputs: readonly ReadInput[]): object {
  return {
    file: fileAsGiven(image, inputs),
    width: image.width,
    height: image.height,
    mode: image.mode,
    crops: image.crops.map(({ x, y, width, height }) => ({ x, y, width, height })),
    tokens: image.tokens,
    encode_ms: milliseconds(image.encodeMs),
    cached: image.cached,
  };
}

function documentReport(document: DocumentReceipt, inputs: readonly ReadInput[]): object {
  const pages = document.pages.map(({ page, source, characters }) => ({ page, source, characters }));
  return { file: fileAsGiven(document, inputs), tokens: document.tokens, pages };
}

/** A quotation that no document has names none. */
function citationReport({ quote, source }: Citation, documents: readonly DocumentReceipt[], inputs: readonly ReadInput[]): object {
  if (source === null) return { document: null, page: null, quote, verified: false, given: false, rectangles: [] };
  const label = labelOf(documents.find(({ attachmentId }) => attachmentId === source.attachmentId)?.pages ?? [], source.page);
  return {
    document: fileAsGiven({ attachmentId: source.attachmentId, file: source.document }, inputs),
    page: source.page,
    ...(label === undefined ? {} : { label }),
    quote,
    verified: true,
    given: source.given ?? true,
    rectangles: source.rectangles.map(({ page, x, y, width, height }) => ({ page, x, y, width, height })),
  };
}

/** What was computed, and from which rows of which table. */
function tableReport(table: TableResult, inputs: readonly ReadInput[]): object {
  return {
    table_query: table.query,
    table: { file: fileAsGiven(table, inputs), page: table.page, name: table.name, rows_matched: table.matched, rows_total: table.total },
    columns: table.columns,
    rows: table.rows,
    source_rows: table.sources,
  };
}

/** What was listed, with the pages of each document that have it. */
function listReport({ items, complete }: ListResult, inputs: readonly ReadInput[]): object {
  return {
    list: items.map(({ text, places, mentions }) => ({
      item: text,
      places: places.map((place) => ({ file: fileAsGiven(place, inputs), pages: place.pages })),
      mentions,
    })),
    list_complete: complete,
  };
}

function coverageReport({ mode, reason, foundBy, documents }: AnswerCoverage, inputs: readonly ReadInput[]): object {
  return {
    mode,
    reason,
    ...(foundBy === undefined ? {} : { found_by: foundBy === 'words' ? 'words' : 'words and meaning' }),
    documents: documents.map((document) => ({
      file: fileAsGiven(document, inputs),
      pages_read: document.pagesRead.length,
      pages_total: document.pages,
      pages: document.pagesRead,
      characters_read: document.charactersRead,
      characters_total: document.characters,
    })),
  };
}

/** Attachments of earlier turns are known by their name only. */
function fileAsGiven(receipt: Pick<ImageReceipt | DocumentReceipt, 'attachmentId' | 'file'>, inputs: readonly ReadInput[]): string {
  return inputs.find(({ attachment }) => attachment.id === receipt.attachmentId)?.file ?? receipt.file;
}

function memoryReport({ weights, kv, compute, vision }: ModelMemory): object {
  return { weights, kv, compute, vision };
}

function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Keys and words of the JSON are in snake case. */
export function stopReasonWord(reason: StopReason): string {
  switch (reason) {
    case 'endOfTurn':
      return 'end_of_turn';
    case 'stopText':
      return 'stop_text';
    case 'maxTokens':
      return 'max_tokens';
    case 'contextFull':
      return 'context_full';
    case 'cancelled':
      return 'cancelled';
    default:
      return assertNever(reason, 'stop reason');
  }
}

/** What the reader of an answer must know. */
export function answerWarnings({ warnings: known, coverage, summarisedMessages = 0 }: Receipt): readonly string[] {
  const begun = (coverage?.documents ?? []).flatMap(({ file, pages, stillReading = 0 }) =>
    stillReading === 0 ? [] : [`${file}: answered from ${firstPagesWords(pages - stillReading, pages)}; the rest was still being read`],
  );
  const warnings = [...known, ...begun];
  if (summarisedMessages === 0) return warnings;
  return [...warnings, `The first ${summarisedMessages} messages of this chat were given to the model as a summary.`];
}

/** The same, and that the engine stood still, be it while the model was loaded. */
export function withStall(warnings: readonly string[], app: Pick<AppClient, 'hasStalled'>): readonly string[] {
  return app.hasStalled() && !warnings.includes(stallWarning) ? [...warnings, stallWarning] : warnings;
}
