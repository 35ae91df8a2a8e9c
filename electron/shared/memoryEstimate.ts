import { releasedSizes } from './gemmaSizes.ts';
import type { ReleasedSize } from './models.ts';
import type { TextModelShape, VisionShape } from './modelShape.ts';

export type CacheType = 'f16' | 'q8_0';

/** Bytes by part. */
export interface MemoryEstimate {
  readonly weights: number;
  /** KV cache of the layers that attend to the whole context. */
  readonly kvGlobal: number;
  /** KV cache of the layers with a sliding window. */
  readonly kvWindow: number;
  readonly compute: number;
  /** Weights and scratch of the image encoder. */
  readonly vision: number;
  /** The tokenizer's words, which llama.cpp's dry run does not count. */
  readonly vocabulary: number;
  /** States kept for going back in a full context; a part of what is left, so that it never decides whether a model fits. */
  readonly kept: number;
}

/** Tokens of one batch; native/src/core/session.cpp. */
const batchTokens = 512;
/** Bytes of one cached number; q8_0 keeps 32 numbers in 34 bytes. */
const cachedBytes: Readonly<Record<CacheType, number>> = { f16: 2, q8_0: 34 / 32 };
/** llama.cpp rounds cells up to this. */
const cellPadding = 256;
/** llama.cpp holds each word with its number, by its number, and as it is written; measured on the 270M. */
const vocabularyBytes = 150;
/** Tokens between two kept states of a long text, and what all may take of the machine and of what is left; native/src/core/session.cpp, load_text.cpp. */
const keptInterval = 2048;
const keptOfMachine = 1 / 16;
const keptOfLeft = 1 / 4;
const mostKept = 2 * 1024 ** 3;

/**
 * Bytes of the graph's buffer on a CPU with flash attention for a batch of 512, without what grows with the context and without logits. Measured
 * by llama.cpp's own dry run (`no_alloc`), version 0.5.0, which test/native/memoryEstimate.test.ts repeats.
 */
const graphBytes: Readonly<Record<ReleasedSize, Readonly<Record<CacheType, number>>>> = {
  '270M': { f16: 18_632_736, q8_0: 19_189_792 },
  '1B': { f16: 51_662_880, q8_0: 54_317_088 },
  '4B': { f16: 83_382_048, q8_0: 88_133_408 },
  '12B': { f16: 126_897_952, q8_0: 127_455_008 },
  '27B': { f16: 174_083_872, q8_0: 182_636_320 },
};

export interface MemoryQuestion {
  readonly shape: TextModelShape;
  /** Bytes of the text model's tensors. */
  readonly weights: number;
  /** Tokens, 256 and more. */
  readonly contextTokens: number;
  readonly cacheType: CacheType;
  /** Null when the model sees nothing. */
  readonly vision: { readonly shape: VisionShape; /** Bytes of its tensors. */ readonly weights: number } | null;
}

/** Memory of a model on a CPU, without kept states. Equals llama.cpp's own plan for the released sizes, and comes near for others. */
export function estimateMemory({ shape, weights, contextTokens, cacheType, vision }: MemoryQuestion): MemoryEstimate {
  return {
    weights,
    ...cacheMemory(shape, contextTokens, cacheType),
    compute: computeMemory(shape, contextTokens, cacheType),
    vision: vision === null ? 0 : vision.weights + visionScratch(vision.shape),
    vocabulary: shape.vocabulary * vocabularyBytes,
    kept: 0,
  };
}

/** Tokens that a search model reads at once; native/src/core/text_embedder.cpp. */
export function searchContext({ contextLimit }: TextModelShape): number {
  return Math.min(2048, contextLimit);
}

/**
 * Memory of a model that only searches, on a CPU: it keeps nothing between two texts, and reads a whole one in one batch. Within 1 % of what llama.cpp plans for
 * EmbeddingGemma with 256 to 2048 tokens; test/native/embedding.test.ts.
 */
export function estimateSearchMemory(shape: TextModelShape, weights: number): MemoryEstimate {
  const tokens = searchContext(shape);
  // Three rows each of the feed-forward and of the residual stream, and a mask in half precision for both kinds of layers.
  const compute = tokens * (4 * 3 * (shape.feedForward + shape.width) + 2 * 2 * tokens);
  return { weights, kvGlobal: 0, kvWindow: 0, compute, vision: 0, vocabulary: shape.vocabulary * vocabularyBytes, kept: 0 };
}

/** Bytes of all parts. */
export function totalMemory({ weights, kvGlobal, kvWindow, compute, vision, vocabulary, kept }: MemoryEstimate): number {
  return weights + kvGlobal + kvWindow + compute + vision + vocabulary + kept;
}

/** Bytes of the states that a full context leaves behind, where `left` bytes of the machine's `memory` are free beside the model. */
export function keptMemory(
  { shape, contextTokens, cacheType }: Pick<MemoryQuestion, 'shape' | 'contextTokens' | 'cacheType'>,
  { left, memory }: { readonly left: number; readonly memory: number },
): number {
  const { layers, globalLayers, window } = shape;
  // Of the cells of the window only, and none where nothing slides out of it.
  const state = cellBytes(shape, cacheType) * (layers - globalLayers) * Math.min(contextTokens, window);
  const budget = Math.min(memory * keptOfMachine, mostKept, Math.max(0, left) * keptOfLeft);
  const most = Math.floor((contextTokens - 1) / keptInterval) + 1;
  return state === 0 ? 0 : Math.min(most, Math.floor(budget / state)) * state;
}

/** Keys and values for one sequence: global layers keep every token, local layers their window and one batch. */
export function cacheMemory(
  shape: TextModelShape,
  contextTokens: number,
  cacheType: CacheType,
): Pick<MemoryEstimate, 'kvGlobal' | 'kvWindow'> {
  const { layers, globalLayers, window } = shape;
  const perCell = cellBytes(shape, cacheType);
  const cells = padded(contextTokens);
  const windowCells = window === 0 ? cells : Math.min(cells, padded(window + batchTokens));
  return { kvGlobal: perCell * globalLayers * cells, kvWindow: perCell * (layers - globalLayers) * windowCells };
}

/** Keys and values of one token in one layer. */
function cellBytes({ keyHeads, headWidth }: TextModelShape, cacheType: CacheType): number {
  return 2 * keyHeads * headWidth * cachedBytes[cacheType];
}

/** The largest context, in steps of 256 tokens, that `fits`, which must fit all smaller ones too; 0 when not even the smallest does. */
export function largestThat({ contextLimit }: TextModelShape, fits: (contextTokens: number) => boolean): number {
  let most = 0;
  let tooLarge = Math.floor(contextLimit / cellPadding) + 1;
  while (tooLarge - most > 1) {
    const middle = Math.floor((most + tooLarge) / 2);
    if (fits(middle * cellPadding)) most = middle;
    else tooLarge = middle;
  }
  return most * cellPadding;
}

function computeMemory(shape: TextModelShape, contextTokens: number, cacheType: CacheType): number {
  const known = (Object.keys(releasedSizes) as ReleasedSize[]).find((size) => sameShape(releasedSizes[size], shape));
  // The attention mask in half precision, and one row of logits.
  const mask = padded(contextTokens) * batchTokens * 2;
  const logits = shape.vocabulary * 4;
  return (known === undefined ? graphOf(shape) : graphBytes[known][cacheType]) + mask + logits;
}

/** For shapes that were not measured: the three feed-forward rows, four and a half of the residual stream and the window's mask. */
function graphOf({ width, feedForward, window }: TextModelShape): number {
  return batchTokens * (4 * (3 * feedForward + 4.5 * width) + 2 * padded(window + batchTokens));
}

/** Scratch of the encoder with flash attention: one feed-forward row and three of the residual stream for each patch, as the dry run says too. */
function visionScratch({ patches, width, feedForward }: VisionShape): number {
  return patches * 4 * (feedForward + 3 * width);
}

function sameShape(a: TextModelShape, b: TextModelShape): boolean {
  return (['layers', 'width', 'feedForward', 'heads', 'keyHeads', 'headWidth', 'window'] as const).every((key) => a[key] === b[key]);
}

function padded(tokens: number): number {
  return Math.ceil(tokens / cellPadding) * cellPadding;
}
