import type { LoadedModel, RunResult } from '../../engine/engineContract.ts';
import { isLaterStateOf } from '../../shared/attachments.ts';
import type { Citation } from '../../shared/citations.ts';
import type { AnswerCoverage } from '../../shared/asking.ts';
import type { Compaction } from '../../shared/conversations.ts';
import type { ListResult } from '../../shared/listResult.ts';
import type { TableResult } from '../../shared/tableQuery.ts';
import type { DocumentReceipt, ImageReceipt, Receipt, Timings, ViewReceipt } from '../../shared/generation.ts';
import type { PromptUsage } from '../context/usage.ts';
import type { PlannedImage } from './imageViews.ts';
import type { ActiveModel } from './modelHost.ts';
import type { DocumentInput, ImageInput, Inputs } from './readInputs.ts';

/** Encoder figures of one use of a picture; none when only planned. */
export interface ImageCost {
  readonly encodeMs: number;
  readonly cached: boolean;
  readonly views: readonly ViewReceipt[];
}

/** One entry for each use of a picture, in prompt order. */
export function imageReceipts(
  planned: readonly (PlannedImage & Partial<ImageCost>)[],
  usage: PromptUsage,
  vision: LoadedModel['vision'],
): readonly ImageReceipt[] {
  return planned.map(({ input, use, crops, encodeMs, cached, views }) => ({
    attachmentId: input.attachment.id,
    file: input.attachment.name,
    width: input.facts.width,
    height: input.facts.height,
    mode: use.panScan,
    crops,
    tokens: Math.round(((usage.images.get(input.attachment.id) ?? 0) * (1 + crops.length)) / viewsOf(input, planned)),
    encodeMs: encodeMs ?? 0,
    cached: cached ?? false,
    ...(vision === null ? {} : { side: vision.side, viewTokens: vision.tokens }),
    ...(views === undefined ? {} : { views }),
  }));
}

/** Views in all uses of a picture: one used again in a later question shares its tokens between its uses by these. */
function viewsOf(input: ImageInput, planned: readonly PlannedImage[]): number {
  return planned.reduce((sum, other) => sum + (other.input === input ? other.rects.length : 0), 0);
}

export function documentReceipts(inputs: Inputs, usage: PromptUsage): readonly DocumentReceipt[] {
  return [...inputs.values()].flatMap((input) =>
    input.kind === 'document' ? [documentReceipt(input, usage.documents.get(input.attachment.id) ?? 0)] : [],
  );
}

/** @param tokens of it that the model was given */
export function documentReceipt({ attachment, facts }: DocumentInput, tokens: number): DocumentReceipt {
  return { attachmentId: attachment.id, file: attachment.name, tokens, pages: facts.pages };
}

/** What the user should know about what was read: of each file, and of the model. */
export function inputWarnings(inputs: Inputs, active: ActiveModel): readonly string[] {
  const ofFiles = [...inputs.values()].flatMap(({ attachment, facts }) =>
    facts.warnings.map((warning) => `${attachment.name}: ${warning}`),
  );
  const attachments = [...inputs.values()].map(({ attachment }) => attachment);
  const changed = attachments
    .filter((one) => one.changedOnDisk === true && !attachments.some((other) => isLaterStateOf(other, one)))
    .map(({ name }) => `${name}: changed on disk since it was read; this answer is from what was read then`);
  return [...changed, ...ofFiles, ...active.loaded.warnings, ...contextWarnings(active)];
}

function contextWarnings({ model, askedContextTokens = 0 }: ActiveModel): readonly string[] {
  if (askedContextTokens <= model.contextLimit) return [];
  return [`A context of ${askedContextTokens} tokens was asked for; ${model.name} holds ${model.contextLimit}, which is used.`];
}

export interface ReceiptParts {
  readonly active: ActiveModel;
  readonly result: RunResult;
  /** Of the whole answer, when it went on. */
  readonly generatedTokens: number;
  readonly seed: number;
  /** The summary that stood for older turns; null for none. */
  readonly compaction: Compaction | null;
  readonly images: readonly ImageReceipt[];
  readonly documents: readonly DocumentReceipt[];
  readonly citations: readonly Citation[];
  readonly coverage: AnswerCoverage;
  readonly table?: TableResult | null;
  readonly list?: ListResult | null;
  readonly warnings: readonly string[];
  readonly predictedMs: number | null;
  readonly timings: Timings;
}

export function makeReceipt({
  active,
  result,
  generatedTokens,
  seed,
  compaction,
  images,
  documents,
  citations,
  coverage,
  table = null,
  list = null,
  warnings,
  predictedMs,
  timings,
}: ReceiptParts): Receipt {
  const { model, loaded, profile } = active;
  return {
    model: {
      id: model.id,
      name: model.name,
      path: model.text.path ?? '',
      sha256: model.text.sha256 ?? '',
      backend: loaded.backend,
      profile,
    },
    promptTokens: result.promptTokens,
    cachedTokens: result.cachedTokens,
    generatedTokens,
    stopReason: result.stopReason,
    seed,
    images,
    documents,
    citations,
    warnings,
    predictedMs,
    timings,
    memory: loaded.memory,
    drafts: { read: result.drafted, accepted: result.accepted },
    ...(coverage.documents.length === 0 ? {} : { coverage }),
    ...(compaction === null ? {} : { summarisedMessages: compaction.messages }),
    ...(table === null ? {} : { table }),
    ...(list === null ? {} : { list }),
  };
}
