import type { AttachmentUse, Message } from '../../shared/conversations.ts';
import type { DocumentReceipt, ImageReceipt } from '../../shared/generation.ts';
import type { PathDocuments } from '../asking/documentsInPath.ts';
import type { AnswerTokenStore } from '../conversations/answerTokenStore.ts';
import type { ImageSegment, Prompt } from '../context/segments.ts';
import { type PromptUsage, measureUsage } from '../context/usage.ts';
import { writePrompt } from '../context/writePrompt.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import { gatherSegments } from './gatherSegments.ts';
import type { PlannedImage } from './imageViews.ts';
import type { ActiveModel } from './modelHost.ts';
import type { Inputs } from './readInputs.ts';
import { documentReceipts, type ImageCost, imageReceipts } from './receipts.ts';

export interface ContextRequest {
  readonly system: string;
  /** Ends with the question, or with the answer that goes on. */
  readonly path: readonly Message[];
  readonly active: ActiveModel;
  readonly inputs: Inputs;
  readonly documents: PathDocuments;
  readonly images: readonly (PlannedImage & { readonly segment: ImageSegment } & Partial<ImageCost>)[];
}

/** A prompt written, tokenised and measured. */
export interface PlannedContext {
  readonly prompt: Prompt;
  readonly ids: readonly number[];
  readonly usage: PromptUsage;
  readonly imageReceipts: readonly ImageReceipt[];
  readonly documentReceipts: readonly DocumentReceipt[];
}

/** Writes the prompt for these messages and has it tokenised. Nothing is run. */
export async function planContext(
  request: ContextRequest,
  { engine, tokens, signal }: { readonly engine: EngineClient; readonly tokens: AnswerTokenStore; readonly signal: AbortSignal },
): Promise<PlannedContext> {
  const { system, path, active, inputs, documents, images } = request;
  const segments = new Map<AttachmentUse, ImageSegment>(images.map(({ use, segment }) => [use, segment]));
  const prompt = writePrompt(
    gatherSegments(system, path, {
      inputs,
      documents,
      image: (use) => segments.get(use) ?? null,
      tokens: (messageId) => tokens.get(messageId),
      modelSha256: active.model.text.sha256,
    }),
    active.profile,
  );
  const { ids, counts } = await engine.request('prompt.tokenize', { parts: prompt.pieces.map(({ part }) => part) }, signal);
  const usage = measureUsage(prompt.pieces, counts, ids.length);
  return {
    prompt,
    ids,
    usage,
    imageReceipts: imageReceipts(images, usage, active.loaded.vision),
    documentReceipts: documentReceipts(inputs, usage),
  };
}
