import type { AnswerCoverage, AskingPlan } from './asking.ts';
import type { GpuTestStep } from './gpu.ts';
import type { ListResult } from './listResult.ts';
import type { TableResult } from './tableQuery.ts';
import type { PanScanMode, PageSummary, Rect } from './attachments.ts';
import type { Citation } from './citations.ts';
import type { ModelMemory, PromptProfile } from './models.ts';

/** Sampling of one answer. Defaults are the Gemma team's: temperature 1.0 (`gemmaTemperature`), top-k 64, top-p 0.95, min-p 0. */
export interface Sampling {
  /** 0..2; 0 is greedy. */
  readonly temperature: number;
  /** 1..1000 */
  readonly topK: number;
  /** 0 < p <= 1 */
  readonly topP: number;
  /** 0..1 */
  readonly minP: number;
  /** 0..2^32-1; null draws one, and the receipt says which. */
  readonly seed: number | null;
}

/** The user's choice. */
export interface SamplingSettings extends Omit<Sampling, 'temperature'> {
  /** Null for not chosen: what suits the model. */
  readonly temperature: number | null;
}

/** The Gemma team's temperature, for instruction-tuned models. */
export const gemmaTemperature = 1;

export const defaultSampling: SamplingSettings = { temperature: null, topK: 64, topP: 0.95, minP: 0, seed: null };

/** Why an answer ended. */
export type StopReason = 'endOfTurn' | 'stopText' | 'maxTokens' | 'contextFull' | 'cancelled';

/** What is happening right now for one answer, in the user's terms. */
export type GenerationStage =
  /** Another window or terminal has the engine. */
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'loadingModel';
      /** 0..1 */ readonly fraction: number;
      /** Its files are looked at, before the engine sees them. */ readonly checking?: true;
      /** The card's first test comes before. */ readonly testing?: GpuTestStep;
    }
  | { readonly kind: 'readingDocument'; readonly name: string; readonly page: number; readonly pages: number }
  | { readonly kind: 'lookingAtView'; readonly name: string; readonly view: number; readonly views: number }
  /** Every part of the documents in turn; `found` is how many different items were listed so far. */
  | { readonly kind: 'readingParts'; readonly part: number; readonly parts: number; readonly found: number }
  | { readonly kind: 'readingPrompt'; readonly doneTokens: number; readonly totalTokens: number }
  | { readonly kind: 'writing'; readonly tokens: number };

/** What one view of a picture cost. */
export interface ViewReceipt {
  /** 0 when it was known already. */
  readonly encodeMs: number;
  readonly cached: boolean;
}

export interface ImageReceipt {
  readonly attachmentId: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly mode: PanScanMode;
  readonly crops: readonly Rect[];
  /** Soft tokens and the control tokens around them, all views together. */
  readonly tokens: number;
  readonly encodeMs: number;
  /** True when no view needed the encoder. */
  readonly cached: boolean;
  /** Side of each square view in pixels. Receipts of earlier versions lack this and the two below. */
  readonly side?: number;
  /** Soft tokens of each view. */
  readonly viewTokens?: number;
  /** The whole picture, then its crops. Absent from a plan, which encodes nothing. */
  readonly views?: readonly ViewReceipt[];
}

export interface DocumentReceipt {
  readonly attachmentId: string;
  readonly file: string;
  readonly tokens: number;
  readonly pages: readonly PageSummary[];
}

/** Milliseconds; the meaning of each is fixed by the command line's JSON. */
export interface Timings {
  /** 0 when the model was loaded already. */
  readonly loadMs: number;
  readonly encodeMs: number;
  readonly prefillMs: number;
  /** From the question accepted with the model loaded to the first generated token. */
  readonly firstTokenMs: number;
  /** The generated tokens after the first. */
  readonly decodeMs: number;
}

/** What an answer was made from and what it cost. Stored with the message. */
export interface Receipt {
  readonly model: {
    readonly id: string;
    readonly name: string;
    readonly path: string;
    readonly sha256: string;
    readonly backend: string;
    readonly profile: PromptProfile;
  };
  readonly promptTokens: number;
  /** Of those, tokens whose state was still there and were not read again. */
  readonly cachedTokens: number;
  readonly generatedTokens: number;
  readonly stopReason: StopReason;
  readonly seed: number;
  readonly images: readonly ImageReceipt[];
  readonly documents: readonly DocumentReceipt[];
  /** Every quotation of an answer over documents, in its order. Receipts of earlier versions lack it. */
  readonly citations?: readonly Citation[];
  readonly warnings: readonly string[];
  readonly timings: Timings;
  readonly memory: ModelMemory;
  /** What was read of the documents, and how. Absent without documents, and from receipts of earlier versions. */
  readonly coverage?: AnswerCoverage;
  /** Messages in whose place the model read a summary. Absent when it read all of them. */
  readonly summarisedMessages?: number;
  /** Tokens that were guessed from what stands before and read ahead of time, and how many were right. Receipts of earlier versions lack it. */
  readonly drafts?: { readonly read: number; readonly accepted: number };
  /** What was computed, for an answer out of a table. */
  readonly table?: TableResult;
  /** What was listed, for an answer that read every part to find things. Receipts of earlier versions lack it. */
  readonly list?: ListResult;
  /** Milliseconds to the first word as foretold before the answer was begun; null before this machine was measured. */
  readonly predictedMs?: number | null;
}

/** What stands between Send and the first word of the answer, the model being loaded and the files read. */
export interface FirstWord {
  /** Of the prompt. */
  readonly tokens: number;
  /** Of those, tokens whose state is in memory or kept on disk: they need not be read. */
  readonly cachedTokens: number;
  /** Milliseconds, by what was measured on this machine; null before that. */
  readonly ms: number | null;
}

/** Tokens by part of the context, for the gauge. */
export interface ContextUsage {
  readonly system: number;
  readonly documents: number;
  readonly images: number;
  readonly conversation: number;
  /** Kept free for the answer. */
  readonly answerRoom: number;
  /** Size of the context; 0 when no model is loaded. */
  readonly available: number;
  /** How the documents would be read. Absent without documents or without a model. */
  readonly asking?: AskingPlan;
  /** Absent without a model, and where nothing is asked. */
  readonly firstWord?: FirstWord;
}

/** The whole prompt without running a model: `facet ask --dry-run`. */
export interface PromptPlan {
  readonly tokens: number;
  /** As the model reads it, soft tokens of images left out. */
  readonly text: string;
  /** Image positions are 262144. */
  readonly ids: readonly number[];
  readonly images: readonly ImageReceipt[];
  readonly documents: readonly DocumentReceipt[];
  readonly usage: ContextUsage;
  readonly warnings: readonly string[];
  /** How the documents would be read. Absent without documents. */
  readonly asking?: AskingPlan;
  /** Milliseconds to the first word, the model being loaded; null before this machine was measured. */
  readonly predictedMs: number | null;
}
